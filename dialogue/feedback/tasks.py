"""The task that sends joint feedback which waits for no State any more."""

import logging

from celery import shared_task

from core.database.identity import identified_as
from core.policy import SystemActor

logger = logging.getLogger(__name__)
_NAME = "dialogue.send_joint_feedback"


@shared_task(name=_NAME)
def send_joint_feedback_task() -> None:
    from dialogue.feedback.services import send_as_cleared
    from dialogue.joint import drafts_that_were_cleared

    actor = SystemActor(_NAME)
    with identified_as(actor):
        for feedback in drafts_that_were_cleared():
            try:
                send_as_cleared(actor, feedback)
            except Exception:  # one that fails by a mistake of ours keeps no other waiting
                logger.exception("The joint feedback %s was not sent", feedback.pk)
