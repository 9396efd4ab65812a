"""The approval of a note verbale: everybody whom it names takes part from the same moment on, or nobody."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.enums import NominationAction, NoteNews, NoteStatus, ParticipationRole
from reviews.models import Mechanism, Nomination, NoteVerbale, Participation
from reviews.notifications import notify_note
from reviews.permissions.nominations import NominatingState
from reviews.selectors.naming import Circumstances, describe_problem
from reviews.selectors.nominations import circumstances_for, fingerprint_of, naming_of, nominations_of, problems_of
from reviews.services.locks import lock_review
from reviews.services.nominations import close_check, lock_note
from reviews.services.participation import end_participation
from reviews.services.registration import register_person


@transaction.atomic
def approve_note(*, actor: User, note: NoteVerbale, seen: str) -> NoteVerbale:
    """Register everybody whom the note names, end whom they replace, and tell whoever recorded it.

    ``seen`` is the fingerprint of what the officer has compared with the scan. Pressing twice changes nothing more.
    Raises ServiceError when the note has changed since, or with every row that cannot be registered any more; nothing
    is registered then.
    """
    # One approval of a mechanism at a time: two notes may name the same new person, or the same reviews.
    Mechanism.objects.select_for_update(no_key=True).get(pk=note.mechanism_id)
    locked = lock_note(note)
    require(actor, NominationAction.VIEW, locked)
    if locked.status == NoteStatus.APPROVED and locked.checked_by_id == actor.pk:
        return locked
    require(actor, NominationAction.APPROVE, locked)
    nominations = list(nominations_of(locked))
    if fingerprint_of(locked, nominations) != seen:
        raise ServiceError(_("This note was changed after you had opened it. Check it as it stands now."))
    for review in sorted({each.review for each in nominations}, key=lambda review: review.pk):
        lock_review(review)
    place = NominatingState(locked.mechanism, locked.state_party)
    circumstances = circumstances_for(actor, place, {each.email for each in nominations})
    if problems := problems_of(nominations, circumstances):
        rows = [describe_problem(naming_of(each), problems[each.pk]) for each in nominations if each.pk in problems]
        raise ServiceError(" ".join([_("Nothing was approved."), *rows]))
    ended = _end_replaced(actor, nominations, circumstances)
    for nomination in nominations:
        _register(actor, locked, nomination, ended.get(nomination.replaces_id))
    close_check(actor, locked, NoteStatus.APPROVED)
    audit.record(actor, "reviews.note.approved", locked, after={"people": len(nominations), "sha256": locked.sha256})
    notify_note(locked.recorded_by, locked, NoteNews.APPROVED, key=str(locked.pk))
    return locked


def _end_replaced(
    actor: User, nominations: Sequence[Nomination], circumstances: Circumstances
) -> dict[Any, Participation]:
    """End whom somebody replaces, and the former role of somebody who is given another; give them by key."""
    ended = {each.replaces_id for each in nominations if each.replaces_id}
    ended |= {
        seat.participation_id for each in nominations if (seat := circumstances.seat_of(naming_of(each))) is not None
    }
    leaving = Participation.objects.filter(pk__in=ended, ended_at=None).select_related("review__step", "user")
    return {each.pk: end_participation(actor=actor, participation=each) for each in leaving.order_by("pk")}


def _register(actor: User, note: NoteVerbale, nomination: Nomination, replaced: Participation | None) -> None:
    try:
        participation, _is_new = register_person(
            actor=actor,
            review=nomination.review,
            state_party=note.state_party,
            role=ParticipationRole(nomination.role),
            email=nomination.email,
            full_name=nomination.full_name,
            language=nomination.language,
            note_verbale=note.number,
            takes_over_from=replaced,
            job_title=nomination.job_title,
            organization=nomination.organization,
            phone=nomination.phone,
        )
    except ServiceError as error:
        raise ServiceError(describe_problem(naming_of(nomination), str(error))) from error
    nomination.participation = participation
    nomination.save(update_fields=["participation", "updated_at"])
