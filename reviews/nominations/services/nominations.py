"""Notes verbales: recorded with their people, submitted, and returned by the officer who checks them.

The approval, from which participations come, is in ``reviews.access.notes``.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.files.storage import delete_after_commit
from core.language.text import require_text
from core.policy import require
from reviews.cases.models import Participation
from reviews.nominations.enums import NominationAction, NoteNews, NoteStatus
from reviews.nominations.mails import notify_note
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.nominations.naming import (
    MOST_PEOPLE,
    Circumstances,
    Naming,
    describe_problem,
    field_problems,
    place_problems,
)
from reviews.nominations.selectors import (
    circumstances_for,
    current_reviews,
    naming_of,
    nominations_of,
    officers_to_check,
)
from reviews.scans import receive_scan, require_number
from reviews.speakers import NominatingState


@dataclass(frozen=True, slots=True)
class NoteInput:
    """What a person gives of a note. A scan that is given replaces the one before; without one that stays."""

    number: str
    dated_on: dt.date
    scan: UploadedFile | None = None  # type: ignore[type-arg]
    came_by_link: bool = False
    """Whether a mission has named the people through its link, and an officer takes that over."""
    written_by: User | None = None
    listed_by: User | None = None
    """Of such a one: who wrote to the mission, and who put its address on the list. Neither checks it."""


@transaction.atomic
def record_note(*, actor: User, place: NominatingState, given: NoteInput) -> NoteVerbale:
    """Record a note of a State; its people are added next.

    Raises ServiceError with the field: no number or one that is recorded already, a date to come, a scan that is not
    accepted.
    """
    require(actor, NominationAction.RECORD, place)
    note = NoteVerbale(
        mechanism=place.mechanism,
        state_party=place.state_party,
        recorded_by=actor,
        came_by_link=given.came_by_link,
        written_by=given.written_by,
        listed_by=given.listed_by,
    )
    _fill(note, given)
    audit.record(actor, "reviews.note.recorded", note, after=_facts(note))
    return note


@transaction.atomic
def change_note(*, actor: User, note: NoteVerbale, given: NoteInput) -> NoteVerbale:
    """Change number, date or scan of what is not being checked. Raises ServiceError like ``record_note``."""
    locked = lock_note(note)
    require(actor, NominationAction.CHANGE, locked)
    before = _facts(locked)
    _fill(locked, given)
    audit.record(actor, "reviews.note.changed", locked, before=before, after=_facts(locked))
    return locked


@transaction.atomic
def discard_note(*, actor: User, note: NoteVerbale) -> None:
    """Throw away what has not been approved and is not being checked, with its people and its scan."""
    locked = lock_note(note)
    require(actor, NominationAction.CHANGE, locked)
    audit.record(actor, "reviews.note.discarded", locked, before=_facts(locked))
    delete_after_commit(locked.scan)
    locked.delete()


@transaction.atomic
def add_nominations(*, actor: User, note: NoteVerbale, namings: Sequence[Naming]) -> list[Nomination]:
    """Add people to a note: all of them or none. Nobody takes part before the note is approved.

    Raises ServiceError: by field for one person (also for the same in several reviews), by person for several.
    """
    locked = lock_note(note)
    require(actor, NominationAction.CHANGE, locked)
    present = [naming_of(each) for each in nominations_of(locked)]
    if len(present) + len(namings) > MOST_PEOPLE:
        message = ngettext(
            "A note holds at most %(most)d nomination.", "A note holds at most %(most)d nominations.", MOST_PEOPLE
        )
        raise ServiceError(message % {"most": MOST_PEOPLE})
    place = NominatingState(locked.mechanism, locked.state_party)
    circumstances = circumstances_for(actor, place, {naming.email for naming in namings})
    _check_all(namings, circumstances, present)
    reviews = {review.code: review for review in current_reviews(place)}
    nominations = [_nomination(locked, naming, reviews[naming.review].pk) for naming in namings]
    Nomination.objects.bulk_create(nominations)
    for nomination in nominations:
        audit.record(
            actor,
            "reviews.nomination.added",
            nomination,
            after={"note": str(locked.pk), "review": nomination.review.code, "role": nomination.role},
        )
    return nominations


@transaction.atomic
def remove_nomination(*, actor: User, nomination: Nomination) -> None:
    """Take a person out of a note that is not being checked. One that is gone already is no error."""
    locked = lock_note(nomination.note)
    require(actor, NominationAction.CHANGE, locked)
    present = locked.nominations.filter(pk=nomination.pk).first()
    if present is None:
        return
    audit.record(actor, "reviews.nomination.removed", present, before={"note": str(locked.pk), "role": present.role})
    present.delete()


@transaction.atomic
def submit_note(*, actor: User, note: NoteVerbale) -> NoteVerbale:
    """Have the note checked: it cannot be changed from now on, and officers are told.

    Raises ServiceError when the scan is missing or nobody is named.
    """
    locked = lock_note(note)
    require(actor, NominationAction.SUBMIT, locked)
    if not locked.scan:
        raise ServiceError(_("Add the scanned note first: whoever checks it compares it with the people."))
    nominations = list(nominations_of(locked))
    if not nominations:
        raise ServiceError(_("Add the people whom the note names first."))
    locked.status, locked.submitted_at = NoteStatus.SUBMITTED, timezone.now()
    locked.checked_by, locked.checked_at = None, None
    locked.save()
    audit.record(actor, "reviews.note.submitted", locked, after={"people": len(nominations)})
    for officer in officers_to_check(locked):
        notify_note(officer, locked, NoteNews.WAITS, key=f"{locked.submitted_at.isoformat()}")
    return locked


@transaction.atomic
def return_note(*, actor: User, note: NoteVerbale, reason: str) -> NoteVerbale:
    """Give the note back to whoever recorded it, with the reason. Raises ServiceError where there is none."""
    locked = lock_note(note)
    require(actor, NominationAction.RETURN, locked)
    locked.return_reason = require_text(reason, _("Say what has to be changed."), maximum=2000, field="reason")
    close_check(actor, locked, NoteStatus.RETURNED)
    audit.record(actor, "reviews.note.returned", locked)
    notify_note(locked.recorded_by, locked, NoteNews.RETURNED, key=str(locked.checked_at))
    return locked


def close_check(actor: User, note: NoteVerbale, status: NoteStatus) -> None:
    """Note who has checked, when, and with what outcome; the caller holds the note."""
    note.status, note.checked_by, note.checked_at = status, actor, timezone.now()
    note.save()


def lock_note(note: NoteVerbale) -> NoteVerbale:
    """Hold the note until the transaction ends, as it stands now. Raises ServiceError when it was discarded."""
    locked = (
        NoteVerbale.objects.select_for_update(of=("self",))
        .select_related("mechanism", "state_party", "recorded_by")
        .filter(pk=note.pk)
        .first()
    )
    if locked is None:
        raise ServiceError(_("This note was discarded meanwhile."))
    return locked


def _fill(note: NoteVerbale, given: NoteInput) -> None:
    note.number = require_number(given.number)
    if given.dated_on > timezone.localdate():
        raise ServiceError(_("This day is still to come."), field="dated_on")
    note.dated_on = given.dated_on
    if given.scan is not None:
        receive_scan(note, given.scan)
    try:
        with transaction.atomic():
            note.save()
    except IntegrityError as error:
        message = _("A note with this number is recorded for %(state)s already.") % {"state": note.state_party}
        raise ServiceError(message, field="number") from error


def _facts(note: NoteVerbale) -> dict[str, str]:
    return {
        "state": note.state_party.iso3,
        "number": note.number,
        "dated_on": note.dated_on.isoformat(),
        "sha256": note.sha256,
    }


def _check_all(namings: Sequence[Naming], circumstances: Circumstances, present: Sequence[Naming]) -> None:
    """Raise ServiceError for the first problem of one person, or with all problems where several people have one."""
    found = []
    for number, naming in enumerate(namings):
        others = [*present, *namings[:number]]
        problems = field_problems(naming) or place_problems(naming, circumstances, others)
        found += [(naming, name, problem) for name, problem in problems.items()]
    if not found:
        return
    if len({naming.email for naming in namings}) == 1:
        _naming, name, problem = found[0]
        raise ServiceError(problem, field=name)
    raise ServiceError(" ".join(describe_problem(naming, problem) for naming, _name, problem in found))


def _nomination(note: NoteVerbale, naming: Naming, review_id: UUID) -> Nomination:
    replaced = None
    if naming.replaces is not None:
        replaced = Participation.objects.filter(
            pk=naming.replaces, review_id=review_id, state_party=note.state_party, ended_at=None
        ).first()
    return Nomination(
        note=note,
        review_id=review_id,
        role=naming.role,
        email=naming.email,
        full_name=naming.full_name,
        job_title=naming.job_title,
        organization=naming.organization,
        phone=naming.phone,
        language=naming.language,
        replaces=replaced,
    )
