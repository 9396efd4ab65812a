"""The only ways to a draw. Before it is announced only the secretariat knows of it; a stranger finds nothing."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.people import secretariat_role
from accounts.people.models import User
from accounts.states.models import RegionalGroup, StateParty
from core import jobs
from core.errors import found
from core.language.i18n import isolated
from core.models import Job
from core.templatetags.components import date_words
from lots.draws.enums import PUBLICATION, DrawStatus
from lots.draws.models import Draw, DrawEntry, DrawFile, DrawRule, SeedPart
from reviews.programme.models import Instrument, Mechanism, Phase, PhasePeriod

_PEOPLE = ("prepared_by", "announced_by", "run_by", "published_by", "void_requested_by", "voided_by")


def with_people(draws: QuerySet[Draw]) -> QuerySet[Draw]:
    """With mechanism and phase, and with who did what."""
    return draws.select_related("mechanism", "phase__cluster", *_PEOPLE)


def draws_visible_to(user: User) -> QuerySet[Draw]:
    """All for the secretariat, with who did what; nobody else sees a draw but on its public page."""
    draws = with_people(Draw.objects.all())
    return draws if secretariat_role(user) else draws.none()


def draws_of(user: User, mechanism: Mechanism) -> QuerySet[Draw]:
    """Those of a mechanism, the latest first."""
    return draws_visible_to(user).filter(mechanism=mechanism).order_by("-created_at")


def get_draw_for(user: User, mechanism_slug: str, code: str) -> Draw:
    """One draw by its address. Raises Http404 where there is none or the user may not know of it."""
    return _one(draws_visible_to(user), mechanism_slug, code)


def public_draws() -> QuerySet[Draw]:
    """What everybody may see: every draw from its announcement on, also when it was voided afterwards.

    Training draws are among them, after the real ones: delegations practise with them. A page marks them
    (``is_training``).
    """
    return (
        Draw.objects.filter(announced_at__isnull=False)
        .select_related("mechanism", "phase__cluster")
        .order_by("mechanism__slug", "is_training", "-announced_at")
    )


def get_public_draw(mechanism_slug: str, code: str) -> Draw:
    """One public draw by its address. Raises Http404 where there is none."""
    return _one(public_draws(), mechanism_slug, code)


def is_result_public(draw: Draw) -> bool:
    """Whether groups and pairings may be shown to everybody: from the publication on, also when voided after it."""
    return draw.published_at is not None


def file_of(draw: Draw, name: str) -> bytes | None:
    """A file of the draw, byte for byte; None where there is none (yet)."""
    content = DrawFile.objects.filter(draw=draw, name=name).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def files_of(draw: Draw) -> QuerySet[DrawFile]:
    """Names and checksums of the files, without the content."""
    return DrawFile.objects.filter(draw=draw).defer("content").order_by("name")


def seed_parts_of(draw: Draw) -> QuerySet[SeedPart]:
    """The sources of the seed in their order."""
    parts = SeedPart.objects.filter(draw=draw).select_related("regional_group", "committed_by", "revealed_by")
    return parts.order_by("order")


def get_seed_part(draw: Draw, source: str) -> SeedPart:
    """A source of a draw that the caller has obtained for the user. Raises Http404 where there is none."""
    return found(seed_parts_of(draw).filter(source=source).first())


def regional_groups_in(draw: Draw) -> QuerySet[RegionalGroup]:
    """The regional groups that States were drawn with, each of which sends a delegate."""
    return RegionalGroup.objects.filter(pk__in=DrawEntry.objects.filter(draw=draw).values("regional_group"))


def opening_days(phase: Phase) -> dict[int, dt.date]:
    """The first day of the phase for each group, by the number of the group."""
    periods = PhasePeriod.objects.filter(phase=phase).select_related("review_group").order_by("review_group__number")
    return {period.review_group.number: period.period.lower for period in periods}


def frozen_twin(phase: Phase, commitment: str, *, is_training: bool) -> Draw | None:
    """A draw with the same input, day and switches that has not been announced yet; for a form that is sent twice."""
    same = Draw.objects.filter(phase=phase, commitment_sha256=commitment, is_training=is_training)
    return same.select_related("mechanism").filter(status=DrawStatus.PREPARED).first()


def publication_of(draw: Draw) -> Job | None:
    """How far the opening of the reviews is, or why it failed; the caller has asked the policy about the draw."""
    return jobs.latest_act(draw, PUBLICATION)


def rules_of(mechanism: Mechanism) -> QuerySet[DrawRule]:
    """The rules of the drawing of lots, each with its evidence; those with a ``switch`` can be chosen."""
    return DrawRule.objects.filter(mechanism=mechanism).order_by("order")


def said_of_draws(state: StateParty, instrument: Instrument) -> Iterator[str]:
    """What it means for real draws that a State has joined an instrument, in sentences; one query."""
    rows = DrawEntry.objects.filter(state_party=state, draw__mechanism=instrument.mechanism, draw__is_training=False)
    entries = rows.exclude(draw__status=DrawStatus.VOIDED).select_related("draw").order_by("draw__created_at")
    for entry in entries:
        is_counted, is_drawn = instrument.slug in entry.instruments, entry.draw.run_at is not None
        if is_counted:
            words = _("Draw %(code)s counts the State with it, as of %(day)s. That stays.")
        elif is_drawn:
            words = _(
                "Draw %(code)s counted the State without it, as of %(day)s. That stays: reviewing States for it come "
                "by a supplementary draw that draws the team once more."
            )
        else:
            words = _(
                "Draw %(code)s is frozen without it, as of %(day)s, and not drawn yet: if it is to count, void that "
                "one and prepare another."
            )
        yield words % {"code": isolated(entry.draw.code), "day": date_words(entry.draw.as_of)}


def _one(draws: QuerySet[Draw], mechanism_slug: str, code: str) -> Draw:
    return found(draws.filter(mechanism__slug=mechanism_slug, code=code).first())
