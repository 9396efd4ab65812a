"""How a response stands, and each item in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import WorkState


class ResponseStatus(models.TextChoices):
    OPEN = "open", _("Being drafted")
    IN_CLEARANCE = "in_clearance", _("With the focal point for clearance")
    SENT = "sent", _("Sent")

    @property
    def work_state(self) -> WorkState:
        return {
            ResponseStatus.OPEN: WorkState.IN_WORK,
            ResponseStatus.IN_CLEARANCE: WorkState.WITH_OTHERS,
            ResponseStatus.SENT: WorkState.DONE,
        }[self]


class AnswerState(models.TextChoices):
    """How an item stands in a response, for the page and for the counts."""

    EMPTY = "empty", _("Not answered yet")
    ANSWERED = "answered", _("Answered")
    OPTIONAL = "optional", _("Optional, left open")
    NOT_ASKED = "not_asked", _("Not asked")


class AssignmentWord(models.TextChoices):
    """What a contributor has said of what was sent to the ministry; empty as long as nothing."""

    DONE = "done", pgettext_lazy("of what was sent to a ministry", "Done")
    NOT_OURS = "not_ours", _("Not ours")
