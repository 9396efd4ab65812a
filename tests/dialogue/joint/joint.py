"""What the tests of joint feedback do through the services, as people who look and act in the same moment."""

from typing import Any

from accounts.people.models import User
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.feedback import services
from dialogue.joint import shown_of_feedback, take_back_clearance
from dialogue.joint.models import JointClearance
from reviews.cases.models import Review
from tests import journey
from tests.dialogue.exchange.exchange import QUESTION, instrument_of
from tests.utils import Cast


def set_joint(cast: Cast, *, is_joint: bool = True) -> Review:
    return services.choose_form(actor=cast.officer, review=journey.fresh(cast.review), is_joint=is_joint)


def joint_of(cast: Cast) -> WrittenFeedback:
    rows = WrittenFeedback.objects.select_related("review__step", "review__mechanism", "state_party")
    return rows.get(review=cast.review, is_joint=True)


def write(cast: Cast, actor: User, text: str, question: str = QUESTION, **given: Any) -> FeedbackComment:
    feedback = joint_of(cast)
    there = FeedbackComment.objects.filter(feedback=feedback, question_code=question).first()
    seen = {"base": there.revision if there else 0, "shown": shown_of_feedback(feedback)}
    instrument = instrument_of(question)
    return services.save_comment(
        actor=actor, feedback=feedback, instrument=instrument, question_code=question, text=text, **{**seen, **given}
    )


def clear(cast: Cast, actor: User, **given: Any) -> WrittenFeedback:
    feedback = joint_of(cast)
    seen = {"sha256": services.hash_of_draft(feedback), "number": feedback.next_number}
    return services.clear_feedback(actor=actor, feedback=feedback, **{**seen, **given})


def take_back(cast: Cast, actor: User, **given: Any) -> JointClearance:
    feedback = joint_of(cast)
    return take_back_clearance(actor=actor, feedback=feedback, **{"sha256": services.hash_of_draft(feedback), **given})


def recall(cast: Cast, actor: User) -> WrittenFeedback:
    feedback = joint_of(cast)
    step, number = feedback.review.step.slug, feedback.times_sent
    return services.recall_feedback(
        actor=actor, feedback=feedback, reason="A paragraph is missing.", number=number, step=step
    )
