"""The task that sends joint feedback which waits for no State any more."""

from celery import shared_task

from core.database.identity import identified_as
from core.policy import SystemActor

_NAME = "dialogue.send_joint_feedback"


@shared_task(name=_NAME)
def send_joint_feedback_task() -> None:
    from dialogue.feedback.services import send_as_cleared
    from dialogue.joint import drafts_that_were_cleared

    actor = SystemActor(_NAME)
    with identified_as(actor):
        for feedback in drafts_that_were_cleared():
            send_as_cleared(actor, feedback)
