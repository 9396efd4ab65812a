"""How a poll stands, what a State says of a time, and what is done with a poll."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import WorkState


class PollStatus(models.TextChoices):
    """``CLOSED`` once every State has answered: whoever asked picks a time. The last two end it."""

    OPEN = "open", _("Waiting for answers")
    CLOSED = "closed", _("All States have answered")
    DECIDED = "decided", _("A time is picked")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def is_running(self) -> bool:
        return self in {PollStatus.OPEN, PollStatus.CLOSED}

    @property
    def work_state(self) -> WorkState | None:
        return {
            PollStatus.OPEN: WorkState.WITH_OTHERS,
            PollStatus.CLOSED: WorkState.READY,
            PollStatus.DECIDED: WorkState.DONE,
            PollStatus.WITHDRAWN: None,
        }[self]


class SlotWord(models.TextChoices):
    """What a State says of one time."""

    YES = "yes", pgettext_lazy("a time suits a State", "Yes")
    IF_NEED_BE = "if_need_be", pgettext_lazy("a time suits a State", "If need be")
    NO = "no", pgettext_lazy("a time suits a State", "No")


class PollAction(models.TextChoices):
    PROPOSE = "polls.propose", _("Ask which times suit for a meeting")
    ANSWER = "polls.answer", _("Say for a State which times suit it")
    CHANGE = "polls.change", _("Change the times of a poll")
    PICK = "polls.pick", _("Pick a time of a poll")
    WITHDRAW = "polls.withdraw", _("Withdraw a poll")
