"""What has been done in the review of an exercise, as the database says."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from accounts.people.models import User
from core.database.identity import identified_as, looking_past_rooms
from dialogue.conclusion import conclusions_of
from dialogue.exchange.enums import ClarificationStatus, ClarificationSubject, FeedbackStatus
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, FeedbackComment, WrittenFeedback
from observations.texts import steps_of_texts
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, PassageDraft
from observations.versions import standing_version
from portal.practice.course import ExerciseProgress, Stage
from portal.practice.enums import ExercisePart
from portal.practice.models import Exercise
from questionnaires.progress import overview_for
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response
from questionnaires.submissions import latest_submission
from reviews.cases.enums import Side
from reviews.cases.models import Clearance, Participation, Review, ReviewMilestone, StepChange
from reviews.consultations import standing_words_in
from reviews.meetings.models import DialogueMeeting
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.programme.models import Step

_CONCLUDE = ("conclude", "own-concludes", "second-concludes")
_AFTER_DIALOGUE = {StepKind.AGREED_TEXT, StepKind.CLOSING}
# What the secretariat records at a step: by the task, the step.
_PROCESSING = {"process-answers": StepKind.FEEDBACK, "process-feedback": StepKind.DIALOGUE}


def review_of(exercise: Exercise) -> Review:
    """The review as it stands, for a caller who stands for somebody of the cast."""
    reviews = Review.objects.select_related("mechanism", "step", "state_under_review", "phase__cluster")
    return reviews.get(pk=cast(UUID, exercise.review_id))


def user_of(exercise: Exercise, part: ExercisePart) -> User:
    return User.objects.get(pk=UUID(exercise.cast[part.value]))


def progress_of(exercise: Exercise) -> ExerciseProgress:
    """How far the exercise has come.

    It looks past the rooms, for the learner plays all parts: which of them have written something is no secret here.
    """
    expert = user_of(exercise, ExercisePart.OWN_EXPERT)
    with identified_as(expert):
        review = review_of(exercise)
        answered = _answered(expert, review)
        with looking_past_rooms():
            steps, processed = _steps(review), _processed(review)
            facts = {**_consulted(review), **answered, **processed, **_exchanged(review)}
            facts |= {**_listed(review), **_summarized(review)}
    return ExerciseProgress(
        steps={stage: step.name for stage, step in steps.items()},
        done=frozenset(key for key, holds in facts.items() if holds),
        left_out=frozenset(_PROCESSING.keys() - processed.keys()),
        is_closed=review.step.kind == StepKind.CLOSING,
    )


def done_in(exercise: Exercise) -> frozenset[str]:
    """The keys of the tasks (``course.TASKS``) that are done."""
    return progress_of(exercise).done


def is_finished(exercise: Exercise) -> bool:
    if exercise.review_id is None:
        return False
    with identified_as(user_of(exercise, ExercisePart.OWN_FOCAL_POINT)):
        return review_of(exercise).step.kind == StepKind.CLOSING


def _steps(review: Review) -> Mapping[Stage, Step]:
    """Those through which the review goes: not what came before it in its mechanism, or after it, since it was begun.

    One that was begun before there was a step goes on from where it stood, and one that was closed is not opened again.
    """
    begun = StepChange.objects.filter(review=review, from_step=None).values("to_step__order")
    rows = Step.objects.filter(mechanism=review.mechanism_id, order__gte=begun[:1]).order_by("order")
    steps: dict[Stage, Step] = {StepKind(row.kind): row for row in rows if row.kind != StepKind.AGREED_TEXT}
    texts = set(AgreedText.objects.filter(review=review).values_list("kind", flat=True))
    is_closed = review.step.kind == StepKind.CLOSING
    return steps | {kind: row for kind, row in steps_of_texts(review).items() if kind in texts or not is_closed}


def _consulted(review: Review) -> dict[str, bool]:
    """Each State has confirmed what stands; whoever proposes confirms with that."""
    is_over = review.step.kind != StepKind.CONSULTATION
    words = None if is_over else standing_words_in([review]).get(review.pk)
    missing = {state.pk for state in words.missing} if words else set()
    first, second = _reviewing(review)
    states = {"propose-languages": review.state_under_review_id, "confirm-languages": first, "second-confirms": second}
    confirmed = {key: words is not None and state not in missing for key, state in states.items()}
    return {key: is_over or holds for key, holds in confirmed.items()} | {"open": is_over}


def _processed(review: Review) -> dict[str, bool]:
    """What is processed by the plan of the review; once a step is over, nobody waits for it any more."""
    rows = ReviewMilestone.objects.filter(review=review, plan__kind=MilestoneKind.PROCESSING, plan__clock_stops=True)
    found: dict[str, bool] = {}
    for row in rows.select_related("plan__step"):
        key = next((key for key, kind in _PROCESSING.items() if kind == row.plan.step.kind), "")
        is_over = row.reached_on is not None or row.plan.step.order < review.step.order
        found[key] = found.get(key, True) and is_over
    return found


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
        **_concluded(review),
    }


def _concluded(review: Review) -> dict[str, bool]:
    """Each State has said so, or the dialogue is over."""
    if review.step.kind != StepKind.DIALOGUE:
        return dict.fromkeys(_CONCLUDE, review.step.kind in _AFTER_DIALOGUE)
    missing = {state.pk for state in conclusions_of([review])[review.pk].missing}
    states = (_reviewing(review)[0], review.state_under_review_id, _reviewing(review)[1])
    return {key: state not in missing for key, state in zip(_CONCLUDE, states, strict=True)}


def _listed(review: Review) -> dict[str, bool]:
    text = AgreedText.objects.filter(review=review, kind=TextKind.LIST_OF_OBSERVATIONS).first()
    if text is None:
        return {}
    first, _second = _reviewing(review)
    observations = Observation.objects.filter(agreed_text=text, state_party=first, withdrawn_at=None)
    proposed, own, second = _cleared(review, text)
    return {
        "observe": observations.exists(),
        "lay": observations.filter(room=None).exists(),
        "propose": proposed,
        "agree": own,
        "second-agrees": second,
    }


def _summarized(review: Review) -> dict[str, bool]:
    """The passages lie on the table from the beginning: whoever proposes them unchanged has passed over two tasks."""
    text = AgreedText.objects.filter(review=review, kind=TextKind.SUMMARY).first()
    if text is None:
        return {}
    first, _second = _reviewing(review)
    proposed, own, second = _cleared(review, text)
    is_laid = proposed or text.passages.exclude(saved_for=None).exists()
    drafts = PassageDraft.objects.filter(passage__agreed_text=text, state_party=first)
    return {
        "shorten": is_laid or drafts.exists(),
        "lay-passage": is_laid,
        "propose-summary": proposed,
        "agree-summary": own,
        "second-agrees-summary": second,
    }


def _cleared(review: Review, text: AgreedText) -> tuple[bool, bool, bool]:
    """Whether a version stands, and whether the State under review and the second reviewing State have cleared it."""
    if text.status == TextStatus.AGREED:
        return True, True, True
    version = standing_version(text)
    if version is None:
        return False, False, False
    rows = Clearance.objects.filter(document_id=text.pk, sha256=version.sha256, taken_back_at=None)
    cleared = set(rows.values_list("state_party", flat=True))
    _first, second = _reviewing(review)
    return True, review.state_under_review_id in cleared, second in cleared


def _reviewing(review: Review) -> tuple[Any, Any]:
    """The two reviewing States: the one that has an expert first."""
    people = Participation.objects.filter(review=review, side=Side.REVIEWING).order_by("-role")
    first, second = dict.fromkeys(people.values_list("state_party", flat=True))
    return first, second
