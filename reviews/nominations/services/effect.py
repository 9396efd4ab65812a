"""What comes of an approved note verbale: everybody whom it names takes part from the same moment on, or nobody."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.policy import SystemActor
from reviews.cases import lock_review
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.nominations.naming import Circumstances, describe_problem
from reviews.nominations.selectors import circumstances_for, naming_of, nominations_of, problems_of
from reviews.programme.models import Mechanism
from reviews.registration import end_participation, find_or_invite_for_review, register_participant, replace_participant
from reviews.speakers import NominatingState


def register_all(actor: SystemActor, note: NoteVerbale) -> int:
    """Register everybody whom the note names and end whom they replace; give how many.

    The caller holds the note and is in a transaction. Raises ServiceError with every row that cannot be registered
    (any more).
    """
    lock_mechanism(note)
    nominations = list(nominations_of(note))
    for review in sorted({each.review for each in nominations}, key=lambda review: review.pk):
        lock_review(review)
    circumstances = check_note(actor, note, nominations)
    ended = _end_former_roles(actor, nominations, circumstances)
    for nomination in nominations:
        _register(actor, note, nomination, ended)
    return len(nominations)


def lock_mechanism(note: NoteVerbale) -> None:
    """One at a time in a mechanism: two notes may name the same new person, or the same reviews."""
    Mechanism.objects.select_for_update(no_key=True).get(pk=note.mechanism_id)


def check_note(actor: SystemActor, note: NoteVerbale, nominations: Sequence[Nomination]) -> Circumstances:
    """Raise ServiceError with every row that cannot be registered as things stand."""
    place = NominatingState(note.mechanism, note.state_party)
    circumstances = circumstances_for(actor, place, {each.email for each in nominations})
    if problems := problems_of(nominations, circumstances):
        rows = [describe_problem(naming_of(each), problems[each.pk]) for each in nominations if each.pk in problems]
        raise ServiceError(" ".join([_("Nothing was approved."), *rows]))
    return circumstances


def _end_former_roles(
    actor: SystemActor, nominations: Sequence[Nomination], circumstances: Circumstances
) -> dict[Any, Participation]:
    """End the former role of whoever is given another one in the same review; give them by key."""
    seats = (circumstances.seat_of(naming_of(each)) for each in nominations)
    keys = {seat.participation_id for seat in seats if seat is not None}
    leaving = Participation.objects.filter(pk__in=keys, ended_at=None).select_related("review__step", "user")
    return {each.pk: end_participation(actor=actor, participation=each) for each in leaving.order_by("pk")}


def _register(actor: SystemActor, note: NoteVerbale, nomination: Nomination, ended: dict[Any, Participation]) -> None:
    replaced = nomination.replaces
    if replaced is not None:
        replaced.refresh_from_db(fields=["ended_at"])
    try:
        user = find_or_invite_for_review(
            actor=actor,
            review=nomination.review,
            email=nomination.email,
            full_name=nomination.full_name,
            language=nomination.language,
            job_title=nomination.job_title,
            organization=nomination.organization,
            phone=nomination.phone,
        )
        if replaced is not None and replaced.ended_at is None:
            participation = replace_participant(
                actor=actor, participation=replaced, user=user, note_verbale=note.number
            )
        else:
            participation = register_participant(
                actor=actor,
                review=nomination.review,
                user=user,
                state_party=note.state_party,
                role=ParticipationRole(nomination.role),
                note_verbale=note.number,
                takes_over_from=ended.get(nomination.replaces_id),
            )
    except ServiceError as error:
        raise ServiceError(describe_problem(naming_of(nomination), str(error))) from error
    nomination.participation = participation
    nomination.save(update_fields=["participation", "updated_at"])
