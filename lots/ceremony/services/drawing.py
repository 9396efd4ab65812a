"""Running a draw: the frozen input and the seed go in, groups and reviewing States come out."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from lots.algorithm import ChainedDraw, FinishedDraw, ImpossibleDrawError
from lots.algorithm.canonical import sha256
from lots.chain import instrument_words, obstacle_to
from lots.draws import file_of, lock_draw
from lots.draws.enums import DrawAction, DrawStatus
from lots.draws.models import Draw, DrawEntry, DrawFile, Pairing
from lots.files import PROGRAMS, REPLAY
from lots.preparation import input_of, names_of
from lots.words import impossible_words
from reviews.programme.models import ReviewGroup


@transaction.atomic
def run_draw(*, actor: User, draw: Draw) -> Draw:
    """Draw groups and reviewing States, and store the files byte for byte; the secretariat alone sees them yet.

    Raises ServiceError, and stores nothing, where the rules cannot all be kept.
    """
    locked = lock_draw(draw)
    require(actor, DrawAction.RUN, locked)
    drawn = _drawn(locked)
    store_result(locked, drawn)
    locked.status, locked.run_by, locked.run_at = DrawStatus.DRAWN, actor, timezone.now()
    locked.save(update_fields=["status", "run_by", "run_at", "updated_at"])
    hashes = dict(DrawFile.objects.filter(draw=locked).values_list("name", "sha256"))
    audit.record(actor, "lots.draw.run", locked, after={"seed": locked.seed, "files": hashes})
    return locked


def _drawn(draw: Draw) -> FinishedDraw | ChainedDraw:
    given = input_of(draw)
    if given.commitment != draw.commitment_sha256:
        raise ServiceError(_("What is stored does not fit the commitment that was announced. Nothing was drawn."))
    if file_of(draw, REPLAY) != PROGRAMS[REPLAY]():
        message = _(
            "The program that draws is no longer the one that was announced. Void this draw and prepare another."
        )
        raise ServiceError(message)
    obstacle = obstacle_to(draw.phase, draw.kind, is_training=draw.is_training, previous=draw.terms.get("previous", []))
    if obstacle:
        raise ServiceError(obstacle)
    try:
        return given.drawn(draw.seed)
    except ImpossibleDrawError as error:
        words = impossible_words(error, names_of(given.table), instrument_words(draw.mechanism))
        raise ServiceError("\n".join(words)) from error


def store_result(draw: Draw, drawn: FinishedDraw | ChainedDraw) -> None:
    """Keep the files but the input, byte for byte, and groups and pairings beside them."""
    DrawFile.objects.bulk_create(
        DrawFile(draw=draw, name=name, content=content, sha256=sha256(content))
        for name, content in drawn.files().items()
        if name != "input.csv"
    )
    entries = {entry.state_party.iso3: entry for entry in draw.entries.select_related("state_party")}
    _store_groups(draw, entries, drawn.groups)
    Pairing.objects.bulk_create(
        Pairing(
            draw=draw,
            under_review=entries[pairing.under_review],
            reviewer=entries[pairing.reviewer],
            basis=pairing.role,
            is_extra=pairing.extra,
            instruments=[*pairing.instruments],
        )
        for pairing in drawn.own_pairings
    )


def _store_groups(draw: Draw, entries: Mapping[str, DrawEntry], numbers: Mapping[str, int]) -> None:
    groups = {group.number: group for group in ReviewGroup.objects.filter(mechanism=draw.mechanism)}
    for code, entry in entries.items():
        entry.review_group = groups[numbers[code]]
    DrawEntry.objects.bulk_update(entries.values(), ["review_group"])
