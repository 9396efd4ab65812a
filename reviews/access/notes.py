"""The approval of a note verbale: by a second officer, and by its State where an officer has recorded it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.enums import AccountStatus
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.access.kinds import DOOR, door_opened_by
from reviews.access.selectors import people_of_state
from reviews.access.services import begin_alone, tell_of_note
from reviews.cases.enums import ParticipationRole
from reviews.nominations import (
    check_note,
    close_check,
    fingerprint_of,
    lock_mechanism,
    lock_note,
    nominations_of,
    notify_note,
    register_all,
)
from reviews.nominations.enums import NominationAction, NoteNews, NoteStatus
from reviews.nominations.models import NoteVerbale
from reviews.scans import check_scan
from reviews.speakers import relation_to_state


@transaction.atomic
def approve_note(*, actor: User, note: NoteVerbale, seen: str) -> NoteVerbale:
    """Stand behind the note as the second officer.

    A note that the State has recorded itself, or of a State that nobody represents yet, takes effect at once:
    everybody whom it names is registered, and all of the State's people are told. Any other is told to the State, which
    confirms or refuses it (``services``), and so is one by which somebody other than its recorder stops being a
    focal point; nobody takes part before. ``seen`` is the fingerprint of what the officer has compared with
    the scan. Pressing twice changes nothing more. Raises ServiceError when the note has changed since, or with every
    row that cannot be registered any more; nothing has happened then.
    """
    lock_mechanism(note)
    locked = lock_note(note)
    require(actor, NominationAction.VIEW, locked)
    if locked.status in {NoteStatus.APPROVED, NoteStatus.WAITING} and locked.checked_by_id == actor.pk:
        return locked
    require(actor, NominationAction.APPROVE, locked)
    nominations = list(nominations_of(locked))
    if fingerprint_of(locked, nominations) != seen:
        raise ServiceError(_("This note was changed after you had opened it. Check it as it stands now."))
    check_scan(locked)
    facts = {"people": len(nominations), "sha256": locked.sha256}
    if is_word_of_the_state(locked) or not _is_represented(locked):
        register_all(door_opened_by(actor), locked)
        close_check(actor, locked, NoteStatus.APPROVED)
        audit.record(actor, "reviews.note.approved", locked, after=facts)
        for user in {locked.recorded_by, *people_of_state(locked.state_party)}:
            notify_note(user, locked, NoteNews.APPROVED, key=str(locked.pk))
        return locked
    check_note(DOOR, locked, nominations)
    close_check(actor, locked, NoteStatus.WAITING)
    audit.record(actor, "reviews.note.approved", locked, after={**facts, "told": True})
    tell_of_note(locked, approved_by=actor)
    return locked


@transaction.atomic
def take_note_on_alone(*, actor: User, note: NoteVerbale, reason: str) -> NoteVerbale:
    """With no other officer left: as ``services.take_on_alone``. Raises ServiceError like ``approve_note``."""
    lock_mechanism(note)
    locked = lock_note(note)
    require(actor, NominationAction.ALONE, locked)
    check_scan(locked)
    nominations = list(nominations_of(locked))
    check_note(DOOR, locked, nominations)
    locked.status, locked.checked_at = NoteStatus.WAITING, timezone.now()
    locked.save()
    begin_alone(actor, tell_of_note(locked, approved_by=None), reason)
    return locked


def is_word_of_the_state(note: NoteVerbale) -> bool:
    """Whether whoever recorded the note speaks for its State: then the State has confirmed it already.

    Not where another focal point goes by it, who is heard first: an account that was stolen in one review would
    otherwise take over the others.
    """
    recorder: User = note.recorded_by
    if not recorder.is_active or not relation_to_state(recorder, note.mechanism, note.state_party).speaks_for_state:
        return False
    leaving = note.nominations.filter(replaces__role=ParticipationRole.FOCAL_POINT, replaces__ended_at=None)
    return not leaving.exclude(replaces__user=recorder).exists()


def _is_represented(note: NoteVerbale) -> bool:
    return people_of_state(note.state_party).filter(status=AccountStatus.ACTIVE).exists()
