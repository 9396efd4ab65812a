"""What has been done in the review of an exercise, as the database says."""

from typing import Any, cast
from uuid import UUID

from accounts.people.models import User
from core.database.identity import identified_as, looking_past_rooms
from dialogue.exchange.enums import ClarificationStatus, ClarificationSubject, FeedbackStatus
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, FeedbackComment, WrittenFeedback
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation
from observations.versions import standing_version
from portal.practice.enums import ExercisePart
from portal.practice.models import Exercise
from questionnaires.progress import overview_for
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response
from questionnaires.submissions import latest_submission
from reviews.cases.enums import Side
from reviews.cases.models import Clearance, Participation, Review
from reviews.meetings.models import DialogueMeeting
from reviews.programme.enums import StepKind

_AFTER_DIALOGUE = {StepKind.AGREED_TEXT, StepKind.CLOSING}


def review_of(exercise: Exercise) -> Review:
    """The review as it stands, for a caller who stands for somebody of the cast."""
    reviews = Review.objects.select_related("mechanism", "step", "state_under_review", "phase__cluster")
    return reviews.get(pk=cast(UUID, exercise.review_id))


def user_of(exercise: Exercise, part: ExercisePart) -> User:
    return User.objects.get(pk=UUID(exercise.cast[part.value]))


def done_in(exercise: Exercise) -> frozenset[str]:
    """The keys of the tasks (``course.TASKS``) that are done.

    It looks past the rooms, for the learner plays all parts: which of them have written something is no secret here.
    """
    expert = user_of(exercise, ExercisePart.OWN_EXPERT)
    with identified_as(expert):
        review = review_of(exercise)
        answered = _answered(expert, review)
        with looking_past_rooms():
            facts = {**answered, **_exchanged(review), **_agreed(review)}
    return frozenset(key for key, holds in facts.items() if holds)


def is_finished(exercise: Exercise) -> bool:
    if exercise.review_id is None:
        return False
    with identified_as(user_of(exercise, ExercisePart.OWN_FOCAL_POINT)):
        return review_of(exercise).step.kind == StepKind.CLOSING


def _answered(expert: User, review: Review) -> dict[str, bool]:
    response = Response.objects.filter(review=review).first()
    sent = latest_submission(review) is not None
    if response is None:
        return {}
    overview = overview_for(expert, response)
    is_laid = sent or response.status == ResponseStatus.IN_CLEARANCE
    return {"answer": is_laid or (overview.answered > 0 and not overview.missing), "submit": is_laid, "clear": sent}


def _exchanged(review: Review) -> dict[str, bool]:
    states = _reviewing(review)
    feedback = {row.state_party_id: row for row in WrittenFeedback.objects.filter(review=review)}
    sent = {state: row.status == FeedbackStatus.SENT for state, row in feedback.items()}
    first, second = states
    commented = FeedbackComment.objects.filter(feedback__review=review, feedback__state_party=first).exclude(text="")
    about = ClarificationSubject.QUESTION
    requests = ClarificationRequest.objects.filter(review=review, subject=about, state_party=first)
    statuses = set(requests.values_list("status", flat=True))
    replied = statuses & {ClarificationStatus.ANSWERED, ClarificationStatus.CLOSED}
    return {
        "comment": sent.get(first, False) or commented.exists(),
        "ask": bool(statuses),
        "send-question": bool(statuses - {ClarificationStatus.DRAFT}),
        "send-feedback": sent.get(first, False),
        "second-feedback": sent.get(second, False),
        "reply": bool(replied) or ClarificationAnswer.objects.filter(request__in=requests).exclude(text="").exists(),
        "send-reply": bool(replied),
        "close-question": ClarificationStatus.CLOSED in statuses,
        "meet": DialogueMeeting.objects.filter(review=review).exists(),
        "conclude": review.step.kind in _AFTER_DIALOGUE,
    }


def _agreed(review: Review) -> dict[str, bool]:
    text = AgreedText.objects.filter(review=review, kind=TextKind.LIST_OF_OBSERVATIONS).first()
    if text is None:
        return {}
    first, second = _reviewing(review)
    is_over = review.step.kind == StepKind.CLOSING
    observations = Observation.objects.filter(agreed_text=text, state_party=first, withdrawn_at=None)
    version = standing_version(text)
    cleared: set[Any] = set()
    if version is not None:
        rows = Clearance.objects.filter(review=review, sha256=version.sha256, taken_back_at=None)
        cleared = set(rows.values_list("state_party", flat=True))
    return {
        "observe": observations.exists(),
        "lay": observations.filter(room=None).exists(),
        "propose": version is not None,
        "agree": is_over or review.state_under_review_id in cleared,
        "second-agrees": is_over or second in cleared,
    }


def _reviewing(review: Review) -> tuple[Any, Any]:
    """The two reviewing States: the one that has an expert first."""
    people = Participation.objects.filter(review=review, side=Side.REVIEWING).order_by("-role")
    first, second = dict.fromkeys(people.values_list("state_party", flat=True))
    return first, second
