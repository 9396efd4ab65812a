"""Meetings of the experts: which there are, what the States have said, whose word is missing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.people import SECRETARIAT, secretariat_role
from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.errors import found
from reviews.agreement import Absences, Agreement, with_answers, worded_in, worded_in_each, worded_now, words_on
from reviews.capacities import EXCHANGE_KINDS, capacity_of, takes_part_with
from reviews.cases.enums import Grant, ParticipationRole
from reviews.cases.models import Review
from reviews.meetings.enums import MeetingStatus
from reviews.meetings.models import DialogueMeeting, MeetingAnswer, PlannedMeeting
from reviews.participation import focal_points_of, participants_of

_INVITED = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT)
_OPEN = (MeetingStatus.INVITED, MeetingStatus.NOT_AGREED)


@dataclass(frozen=True, slots=True)
class Invitation(Agreement[MeetingAnswer]):
    """A meeting with the words of the States on the revision of the invitation that stands."""

    meeting: PlannedMeeting


def meetings_to_come(review: Review) -> list[Invitation]:
    """The meetings that stand in no log yet; the caller has asked for READ_TABLE.

    One that was cancelled is there until its time has passed. One query where there is none, otherwise four or five.
    """
    is_gone = Q(status=MeetingStatus.CANCELLED, starts_at__lt=timezone.now())
    rows = PlannedMeeting.objects.filter(review=review, record=None).exclude(is_gone)
    return worded_in(review, _with_answers(rows), _invitation)


def get_planned_meeting(review: Review, pk: UUID | str) -> PlannedMeeting:
    """One of a review that the caller has obtained for its reader; the caller asks the policy about it.

    Raises Http404 where there is none.
    """
    meeting = found(found_for_policy(_with_answers(PlannedMeeting.objects.filter(review=review, pk=pk)).first))
    meeting.review = review
    return meeting


def invitation_of(meeting: PlannedMeeting) -> Invitation:
    """The words on one meeting as they are stored now."""
    return worded_now(_with_answers(PlannedMeeting.objects.filter(pk=meeting.pk)).get(), _invitation)


def invitation_to_answer(user: User, review: Review) -> PlannedMeeting | None:
    """The next meeting to which the reader's State is asked and has said nothing, if the reader answers for it.

    One query; none where there is no exchange between the States.
    """
    capacity = capacity_of(user, review)
    if capacity is None or not capacity.has(Grant.DRAFT) or review.step.kind not in EXCHANGE_KINDS:
        return None
    said = MeetingAnswer.objects.filter(
        meeting=OuterRef("pk"), revision=OuterRef("revision"), state_party=capacity.state_party_id
    )
    return meetings_waiting(review).exclude(Exists(said)).first()


def meetings_waiting(review: Review) -> QuerySet[PlannedMeeting]:
    """Those to come that are not agreed; where there is no exchange between the States, nobody answers any more."""
    waiting = PlannedMeeting.objects.filter(review=review, status__in=_OPEN, starts_at__gt=timezone.now())
    return waiting if review.step.kind in EXCHANGE_KINDS else waiting.none()


def invitations_waiting_for(user: User, review: Review) -> int:
    """1 where a meeting waits for the word of the reader's State, or 0."""
    return int(invitation_to_answer(user, review) is not None)


def open_invitations(reviews: Iterable[Review]) -> list[Invitation]:
    """Those in reviews of ``for_work`` that wait for answers or for another time; at most four queries."""
    waiting = PlannedMeeting.objects.filter(room=None, status__in=_OPEN, record=None, starts_at__gt=timezone.now())
    return worded_in_each(reviews, _with_answers(waiting), _invitation)


def agreed_meetings(user: User, shown: Iterable[UUID]) -> QuerySet[PlannedMeeting]:
    """Those that are agreed and stand in no log yet, for whoever reads what the States exchange (READ_TABLE)."""
    meetings = PlannedMeeting.objects.filter(
        review__in=list(shown), room=None, status=MeetingStatus.AGREED, record=None
    )
    if secretariat_role(user) not in SECRETARIAT:
        readable = Review.objects.filter(takes_part_with(Grant.READ, user))
        meetings = meetings.filter(review__in=readable.values("pk"))
    related = meetings.select_related("review__mechanism", "review__state_under_review")
    return related.order_by("review__code", "starts_at", "created_at")


def people_to_answer(review: Review, states: Iterable[StateParty], *, since: dt.datetime | None = None) -> list[User]:
    """The focal points and experts of these States, who answer for them; ``since``: those who came after that."""
    rows = participants_of(review).filter(role__in=_INVITED, state_party__in=list(states))
    if since is not None:
        rows = rows.filter(started_at__gt=since)
    return list(dict.fromkeys(row.user for row in rows))


def people_of_asker(review: Review, person: User | None, state: UUID | None) -> list[User]:
    """Whoever has asked; the focal points of the ``state`` for which, where that person takes part no longer."""
    if person is not None and (person.secretariat_role or participants_of(review).filter(user=person).exists()):
        return [person]
    return focal_points_of(review, states=[state])


def people_who_read(meeting: PlannedMeeting) -> list[User]:
    """Everybody who reads the shared table: those who take part for a State, the officer in charge, the inviter."""
    rows = participants_of(meeting.review).exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR)
    officers = [meeting.review.officer, meeting.invited_by]
    others = [user for user in officers if user is not None and user.secretariat_role]
    return list(dict.fromkeys([*(row.user for row in rows), *others]))


def _with_answers(meetings: QuerySet[PlannedMeeting]) -> QuerySet[PlannedMeeting]:
    related = (
        "invited_by",
        "invited_for",
        "changed_by",
        "changed_for",
        "review__mechanism",
        "review__step",
        "review__officer",
    )
    rows = meetings.select_related(*related, "review__state_under_review")
    return with_answers(rows, MeetingAnswer.objects.all())


def _invitation(meeting: PlannedMeeting, states: Iterable[StateParty], absences: Absences) -> Invitation:
    return Invitation(words_on(meeting, states, absences, since=meeting.asked_at), meeting)


def meetings_of(review: Review) -> QuerySet[DialogueMeeting]:
    """The log of meetings; the caller has asked for READ_TABLE."""
    return (
        DialogueMeeting.objects.filter(review=review)
        .select_related("recorded_by", "recorded_for", "planned")
        .prefetch_related("participants__user", "participants__state_party")
        .order_by("-held_on", "-created_at")
    )
