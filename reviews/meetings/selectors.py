"""Meetings of the experts: which there are, what the States have said, whose word is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.people import SECRETARIAT, secretariat_role
from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.errors import found
from reviews.agreement import Absences, Agreement, Word, absences_in, words_of
from reviews.capacities import EXCHANGE_KINDS, capacity_of, takes_part_with
from reviews.cases.enums import Grant, ParticipationRole
from reviews.cases.models import Review
from reviews.meetings.enums import MeetingStatus
from reviews.meetings.models import DialogueMeeting, MeetingAnswer, PlannedMeeting
from reviews.participation import focal_points_of, participants_of
from reviews.visibility import states_of, states_taking_part

_INVITED = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT)
_OPEN = (MeetingStatus.INVITED, MeetingStatus.NOT_AGREED)


@dataclass(frozen=True, slots=True)
class Invitation(Agreement[MeetingAnswer]):
    """A meeting with the words of the States on the revision of the invitation that stands."""

    meeting: PlannedMeeting

    @property
    def asked(self) -> list[Word[MeetingAnswer]]:
        """Without those States that are not waited for and have said nothing."""
        return [word for word in self.words if word.is_waited_for or word.answer]


def meetings_to_come(review: Review) -> list[Invitation]:
    """The meetings that stand in no log yet; the caller has asked for READ_TABLE.

    One that was cancelled is there until its time has passed. One query where there is none, otherwise four or five.
    """
    is_gone = Q(status=MeetingStatus.CANCELLED, starts_at__lt=timezone.now())
    meetings = list(_with_answers(PlannedMeeting.objects.filter(review=review, record=None).exclude(is_gone)))
    if not meetings:
        return []
    states, absences = list(states_taking_part(review)), absences_in([review])[review.pk]
    for meeting in meetings:
        meeting.review = review
    return [_invitation(meeting, states, absences) for meeting in meetings]


def get_planned_meeting(review: Review, pk: UUID | str) -> PlannedMeeting:
    """One of a review that the caller has obtained for its reader; the caller asks the policy about it.

    Raises Http404 where there is none.
    """
    meeting = found(found_for_policy(_with_answers(PlannedMeeting.objects.filter(review=review, pk=pk)).first))
    meeting.review = review
    return meeting


def invitation_of(meeting: PlannedMeeting) -> Invitation:
    """The words on one meeting as they are stored now."""
    meeting = _with_answers(PlannedMeeting.objects.filter(pk=meeting.pk)).get()
    review = meeting.review
    return _invitation(meeting, states_taking_part(review), absences_in([review])[review.pk])


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
    by_key = {review.pk: review for review in reviews}
    waiting = PlannedMeeting.objects.filter(
        review__in=by_key, room=None, status__in=_OPEN, record=None, starts_at__gt=timezone.now()
    )
    meetings = list(_with_answers(waiting))
    if not meetings:
        return []
    absences = absences_in(by_key.values())
    for meeting in meetings:
        meeting.review = by_key[meeting.review_id]
    return [_invitation(each, states_of(each.review), absences[each.review_id]) for each in meetings]


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


def people_to_answer(meeting: PlannedMeeting, states: Iterable[StateParty]) -> list[User]:
    """The focal points and experts of these States, who answer for them."""
    rows = participants_of(meeting.review).filter(role__in=_INVITED, state_party__in=list(states))
    return list(dict.fromkeys(row.user for row in rows))


def people_of_inviter(meeting: PlannedMeeting) -> list[User]:
    """Whoever has invited; the State's focal points where that person takes part no longer."""
    inviter, review = meeting.invited_by, meeting.review
    if inviter is not None and (inviter.secretariat_role or participants_of(review).filter(user=inviter).exists()):
        return [inviter]
    return focal_points_of(review, states=[meeting.invited_for_id])


def people_who_read(meeting: PlannedMeeting) -> list[User]:
    """Everybody who reads the shared table: those who take part for a State, the officer in charge, the inviter."""
    rows = participants_of(meeting.review).exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR)
    officers = [meeting.review.officer, meeting.invited_by]
    others = [user for user in officers if user is not None and user.secretariat_role]
    return list(dict.fromkeys([*(row.user for row in rows), *others]))


def _with_answers(meetings: QuerySet[PlannedMeeting]) -> QuerySet[PlannedMeeting]:
    answers = MeetingAnswer.objects.select_related("state_party", "answered_by")
    related = (
        "invited_by",
        "invited_for",
        "changed_by",
        "changed_for",
        "review__mechanism",
        "review__step",
        "review__officer",
    )
    return meetings.select_related(*related, "review__state_under_review").prefetch_related(
        Prefetch("answers", answers, to_attr="given")
    )


def _invitation(meeting: PlannedMeeting, states: Iterable[StateParty], absences: Absences) -> Invitation:
    given: list[MeetingAnswer] = getattr(meeting, "given", [])
    answers = [answer for answer in given if answer.revision == meeting.revision]
    return Invitation(words_of(states, answers, not_waited_for=absences.not_waited_for(meeting.asked_at)), meeting)


def meetings_of(review: Review) -> QuerySet[DialogueMeeting]:
    """The log of meetings; the caller has asked for READ_TABLE."""
    return (
        DialogueMeeting.objects.filter(review=review)
        .select_related("recorded_by", "recorded_for", "planned")
        .prefetch_related("participants__user", "participants__state_party")
        .order_by("-held_on", "-created_at")
    )
