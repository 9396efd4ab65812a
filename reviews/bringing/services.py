"""The life of a file that is brought in, and the word of the State on what came of it.

One officer brings it in and lays it before the others; another one confirms what he or she was shown, and a worker
carries it out in one transaction (docs/adr/0044, 0050).
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit, jobs
from core.errors import ServiceError
from core.files.uploads import shown_name
from core.hashes import content_hash
from core.jobs.making import Tell, settle
from core.language.i18n import isolated
from core.language.text import require_text
from core.models import Job
from core.policy import require
from reviews.bringing.enums import BringingAction, BroughtKind, FileStatus, StateWord
from reviews.bringing.kinds import way_of
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.policy import CARRY_OUT
from reviews.bringing.selectors import newest_like
from reviews.cases import lock_review, tell as tell_people
from reviews.cases.enums import News
from reviews.cases.models import Review
from reviews.participation import focal_points_of
from reviews.programme.models import Instrument, Mechanism

_OPEN = (FileStatus.PREPARED, FileStatus.WAITING)


@transaction.atomic
def prepare_file(
    *,
    actor: User,
    mechanism: Mechanism,
    kind: BroughtKind,
    file_name: str,
    uploaded: bytes,
    content: dict[str, Any],
    review: Review | None = None,
    instrument: Instrument | None = None,
) -> BroughtFile:
    """Keep what was read of a file in which no row is wrong; nothing of any review changes.

    Raises ServiceError (field ``file``) where the same bytes are there and not decided yet, for the same review; and of
    a text on one ``instrument``, where any other file is.
    """
    require(actor, BringingAction.PREPARE)
    Mechanism.objects.select_for_update(no_key=True).get(pk=mechanism.pk)
    sha256 = content_hash(uploaded)
    twin = BroughtFile.objects.filter(mechanism=mechanism, kind=kind, review=review, instrument=instrument)
    twin = twin.filter(status__in=_OPEN).select_related("brought_by")
    if same := twin.filter(sha256=sha256).first():
        raise ServiceError(
            _("%(person)s has brought this file in already.") % {"person": same.brought_by}, field="file"
        )
    if instrument is not None and (other := twin.first()):
        message = _("%(person)s has brought in another file for this text, which is not decided yet: %(file)s.")
        raise ServiceError(message % {"person": other.brought_by, "file": isolated(other.file_name)}, field="file")
    file = BroughtFile.objects.create(
        mechanism=mechanism,
        kind=kind,
        review=review,
        instrument=instrument,
        file_name=shown_name(file_name),
        sha256=sha256,
        content=content,
        brought_by=actor,
    )
    _record(actor, file, "prepared")
    return file


@transaction.atomic
def lay_before(*, actor: User, file: BroughtFile, seen: str) -> BroughtFile:
    """Have another officer look at it. ``seen``: fingerprint of what was shown. Raises like ``confirm_file``."""
    locked = _lock(file)
    require(actor, BringingAction.LAY_BEFORE, locked)
    _require_seen(locked, seen)
    locked.status = FileStatus.WAITING
    locked.save(update_fields=["status", "updated_at"])
    _record(actor, locked, "laid_before")
    return locked


@transaction.atomic
def withdraw_file(*, actor: User, file: BroughtFile) -> BroughtFile:
    locked = _lock(file)
    require(actor, BringingAction.WITHDRAW, locked)
    return _decide(actor, locked, FileStatus.WITHDRAWN, "withdrawn")


@transaction.atomic
def set_file_aside(*, actor: User, file: BroughtFile, reason: str) -> BroughtFile:
    """Do not confirm it, with a reason for the officer who has brought it in."""
    locked = _lock(file)
    require(actor, BringingAction.SET_ASIDE, locked)
    locked.reason = require_text(reason, _("Say why it is set aside."), field="reason")
    return _decide(actor, locked, FileStatus.SET_ASIDE, "set_aside")


@transaction.atomic
def confirm_file(*, actor: User, file: BroughtFile, seen: str, language: str) -> Job:
    """Have a worker carry out what the officer has looked at. ``seen`` is the fingerprint of that.

    A second press is refused by the policy. Raises ServiceError where something has changed since, or is wrong by now.
    """
    locked = _lock(file)
    require(actor, BringingAction.CONFIRM, locked)
    _require_seen(locked, seen)
    _record(actor, locked, "confirmed")
    return jobs.start_act(kind=CARRY_OUT, target=locked, requested_by=actor, language=language, details={"seen": seen})


def carry_out_file(job: Job, tell: Tell) -> None:
    """Do it in the name of the officer who has confirmed, and end the job with it: all of it, or nothing."""
    with transaction.atomic():
        file = BroughtFile.objects.get(pk=job.target_id)
        bring_in(actor=job.requested_by, file=file, seen=job.details.get("seen", ""), tell=tell)
        settle(job)


def _tell_nobody(number: int) -> None:
    """Nobody looks on."""


@transaction.atomic
def bring_in(*, actor: User, file: BroughtFile, seen: str, tell: Tell = _tell_nobody) -> BroughtFile:
    """Write what the file says; a worker's work. Raises ServiceError as ``confirm_file``."""
    locked = _lock(file)
    require(actor, BringingAction.APPLY, locked)
    _require_seen(locked, seen)
    way_of(locked).carry_out(actor, locked, tell)
    return _decide(actor, locked, FileStatus.BROUGHT_IN, "brought_in")


def mark_brought_in(
    *, file: BroughtFile, review: Review, checked_by: User, state: StateParty | None = None
) -> BroughtPiece:
    """Say of something in a review that it came out of this file; within the transaction that brings it in.

    Where it is a ``state``'s own, its focal point is asked for the word of that State, and the others are told.
    """
    piece = _mark(file, review, checked_by, state)
    if state is not None:
        _tell(review, [piece])
    return piece


def mark_for_states(
    *, file: BroughtFile, review: Review, checked_by: User, states: Sequence[StateParty]
) -> list[BroughtPiece]:
    """The same of what several States have agreed on: a piece for each, in their order, and each is asked."""
    pieces = [_mark(file, review, checked_by, state) for state in states]
    _tell(review, pieces)
    return pieces


def _mark(file: BroughtFile, review: Review, checked_by: User, state: StateParty | None) -> BroughtPiece:
    piece = BroughtPiece.objects.create(
        review=review,
        kind=file.kind,
        instrument_id=file.instrument_id,
        file=file,
        sha256=file.sha256,
        brought_by=file.brought_by,
        checked_by=checked_by,
        state_party=state,
    )
    Review.objects.filter(pk=review.pk).update(is_brought_in=True)
    after = {"kind": file.kind, "file_sha256": file.sha256, "brought_by": str(file.brought_by_id)}
    audit.record(checked_by, "reviews.broughtpiece.brought_in", piece, after=after)
    return piece


def _tell(review: Review, pieces: Sequence[BroughtPiece]) -> None:
    """The focal points of the States whose own it is, and in other words those of the other States."""
    told = []
    for piece in pieces:
        asked = focal_points_of(review, states=[piece.state_party_id])
        tell_people(asked, review, News.BROUGHT_IN, page="reviews:brought-in", key=str(piece.pk))
        told += asked
    others = [each for each in focal_points_of(review) if each not in told]
    tell_people(others, review, News.BROUGHT_IN_OF_OTHER, page="reviews:brought-in", key=str(pieces[0].pk))


@transaction.atomic
def say_for_state(*, actor: User, piece: BroughtPiece, word: StateWord, reason: str = "") -> BroughtPiece:
    """The focal point confirms for the State that this is what it had sent or how it was, or objects, with a reason.

    An objection may be taken back by confirming; what is confirmed stays so. It is no clearance: nothing is agreed by
    it. Raises ServiceError (field ``reason``) for an objection without one.
    """
    lock_review(piece.review)
    locked = BroughtPiece.objects.select_for_update(of=("self",)).get(pk=piece.pk)
    locked.review = piece.review
    require(actor, BringingAction.SAY, locked)
    if word not in {StateWord.CONFIRMED, StateWord.OBJECTED}:
        raise ServiceError(_("Choose what your State says."), field="word")
    if newest_like(locked) != locked:
        raise ServiceError(_("Another file has been brought in since. Look at what stands there now."))
    is_objection = word == StateWord.OBJECTED
    before = locked.word
    locked.reason = require_text(reason, _("Say what is wrong with it."), field="reason") if is_objection else ""
    locked.word, locked.word_by, locked.word_at = word, actor, timezone.now()
    locked.save(update_fields=["word", "word_by", "word_at", "reason", "updated_at"])
    verb = "reviews.broughtpiece.objected" if is_objection else "reviews.broughtpiece.confirmed"
    audit.record(actor, verb, locked, before={"word": before}, after={"word": word, "file_sha256": locked.sha256})
    if is_objection:
        people = [locked.brought_by, locked.checked_by]
        key = f"{locked.pk}:{locked.word_at.isoformat()}"
        tell_people(people, locked.review, News.BROUGHT_IN_OBJECTED, page="reviews:brought-in", key=key)
    return locked


def _lock(file: BroughtFile) -> BroughtFile:
    rows = BroughtFile.objects.select_for_update(of=("self",)).select_related("mechanism", "brought_by")
    return rows.get(pk=file.pk)


def _require_seen(file: BroughtFile, seen: str) -> None:
    now = way_of(file).seen_of(file)
    if not now:
        raise ServiceError(_("Something in this file is wrong by now. Nothing was brought in."))
    if now != seen:
        raise ServiceError(_("Something it rests on has changed meanwhile. Look at it as it is now."))


def _decide(actor: User, file: BroughtFile, status: FileStatus, verb: str) -> BroughtFile:
    file.status, file.decided_by, file.decided_at = status, actor, timezone.now()
    file.save(update_fields=["status", "decided_by", "decided_at", "reason", "updated_at"])
    _record(actor, file, verb)
    return file


def _record(actor: User, file: BroughtFile, verb: str) -> None:
    after = {"kind": file.kind, "sha256": file.sha256, "status": str(file.status)}
    audit.record(actor, f"reviews.broughtfile.{verb}", file, after=after)
