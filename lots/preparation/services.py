"""Freezing the input of a draw, and announcing it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from accounts.people.models import User
from accounts.states.models import RegionalGroup, StateParty
from core import audit
from core.errors import ServiceError
from core.language.text import require_text
from core.policy import require
from lots.algorithm import PartyTable, Switches
from lots.algorithm.canonical import sha256
from lots.draws import lock_draw
from lots.draws.enums import DrawAction, DrawBasis, DrawStatus, SeedKind
from lots.draws.models import Draw, DrawEntry, DrawFile, SeedPart
from lots.files import PROGRAMS
from lots.preparation.selectors.inputs import input_for, require_possible
from lots.preparation.selectors.teams import Pair
from reviews.programme.models import Phase, PhasePeriod

GROUPS = 3
MOST_PUBLIC_VALUES = 5
_MAXIMUM_ANNOUNCEMENT = 500  # characters


@transaction.atomic
def prepare_draw(
    *,
    actor: User,
    phase: Phase,
    as_of: dt.date,
    switches: Switches,
    is_training: bool = False,
    basis: DrawBasis = DrawBasis.FIRST,
    replaced: Sequence[Pair] = (),
) -> Draw:
    """Freeze who takes part, with which regional groups and instruments, under which switches.

    ``basis`` says on what it builds, ``replaced`` who reviews whom no longer. Nothing of it changes afterwards; a
    correction is a new draw. Raises ServiceError where a group has no beginning in the phase, where no draw is
    possible, and like ``input_for``.
    """
    require(actor, DrawAction.PREPARE, phase.mechanism)
    if PhasePeriod.objects.filter(phase=phase, review_group__number__lte=GROUPS).count() < GROUPS:
        raise ServiceError(_("The rule data do not say when this phase begins for each group."), field="phase")
    given = input_for(phase, as_of, switches, is_training=is_training, basis=basis, replaced=replaced)
    require_possible(given)
    table = given.table
    draw = Draw.objects.create(
        mechanism=phase.mechanism,
        phase=phase,
        code=next_code(phase, is_training=is_training),
        is_training=is_training,
        as_of=as_of,
        kind=basis.kind,
        switches=switches.to_json(),
        terms=given.terms.to_json() if given.terms else {},
        input_sha256=table.sha256,
        commitment_sha256=given.commitment,
        prepared_by=actor,
    )
    DrawFile.objects.create(draw=draw, name="input.csv", content=table.csv_bytes, sha256=table.sha256)
    create_entries(draw, table)
    facts = {
        "phase": phase.number,
        "as_of": as_of.isoformat(),
        "is_training": is_training,
        "switches": draw.switches,
        **({"terms": draw.terms} if draw.terms else {}),
        "input_sha256": draw.input_sha256,
        "commitment_sha256": draw.commitment_sha256,
    }
    audit.record(actor, "lots.draw.prepared", draw, after=facts)
    return draw


@transaction.atomic
def announce_draw(*, actor: User, draw: Draw, public_values: Sequence[str] = ()) -> Draw:
    """Make input and commitment public, with the sources of the seed and the programs, which are fixed by that.

    The sources are a delegate for each regional group in the draw, then a public value for each of the given texts,
    which say what will be read and when. Raises ServiceError for an empty text, the same one twice, or too many.
    """
    locked = lock_draw(draw)
    require(actor, DrawAction.ANNOUNCE, locked)
    sources = [*_delegates(locked), *_public_values(locked, public_values)]
    for order, part in enumerate(sources, start=1):
        part.order = order
    SeedPart.objects.bulk_create(sources)
    programs = {name: content() for name, content in PROGRAMS.items()}
    DrawFile.objects.bulk_create(
        DrawFile(draw=locked, name=name, content=content, sha256=sha256(content)) for name, content in programs.items()
    )
    locked.status, locked.announced_by, locked.announced_at = DrawStatus.ANNOUNCED, actor, timezone.now()
    locked.save(update_fields=["status", "announced_by", "announced_at", "updated_at"])
    audit.record(
        actor,
        "lots.draw.announced",
        locked,
        after={
            "input_sha256": locked.input_sha256,
            "commitment_sha256": locked.commitment_sha256,
            "sources": [part.source for part in sources],
            "programs": {name: sha256(content) for name, content in programs.items()},
        },
    )
    return locked


def next_code(phase: Phase, *, is_training: bool) -> str:
    """Draws are never deleted, so that their number counts on; two who prepare at once wait for each other."""
    Phase.objects.select_for_update(no_key=True).get(pk=phase.pk)
    number = Draw.objects.filter(phase=phase, is_training=is_training).count() + 1
    return f"{phase.number}-T{number}" if is_training else f"{phase.number}-{number}"


def create_entries(draw: Draw, table: PartyTable) -> None:
    """The States of a frozen input, so that pages can ask."""
    codes = [party.code for party in table.parties]
    states = {state.iso3: state for state in StateParty.objects.filter(iso3__in=codes)}
    groups = {group.name_en: group for group in RegionalGroup.objects.all()}  # type: ignore[attr-defined]
    DrawEntry.objects.bulk_create(
        DrawEntry(
            draw=draw,
            state_party=states[party.code],
            regional_group=groups[party.regional_group],
            is_group_assigned=states[party.code].regional_group_id is None,
            instruments=[*party.instruments],
        )
        for party in table.parties
    )


def _delegates(draw: Draw) -> list[SeedPart]:
    groups = RegionalGroup.objects.filter(pk__in=DrawEntry.objects.filter(draw=draw).values("regional_group"))
    return [
        SeedPart(draw=draw, kind=SeedKind.DELEGATE, source=group.slug, regional_group=group)
        for group in groups.order_by("order")
    ]


def _public_values(draw: Draw, texts: Sequence[str]) -> list[SeedPart]:
    field = "public_values"
    if len(texts) > MOST_PUBLIC_VALUES:
        message = ngettext(
            "A seed has at most %(most)d public value.",
            "A seed has at most %(most)d public values.",
            MOST_PUBLIC_VALUES,
        )
        raise ServiceError(message % {"most": MOST_PUBLIC_VALUES}, field=field)
    empty = _("Say which value will be read, where, and when.")
    announced = [require_text(text, empty, maximum=_MAXIMUM_ANNOUNCEMENT, field=field) for text in texts]
    if len(set(announced)) < len(announced):
        raise ServiceError(_("The same public value is named twice."), field=field)
    return [
        SeedPart(draw=draw, kind=SeedKind.PUBLIC_VALUE, source=f"public-{number}", announcement=text)
        for number, text in enumerate(announced, start=1)
    ]
