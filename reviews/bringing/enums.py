"""What can be brought in, how a file of it stands, what a State says of it, and what is done with both."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class BroughtKind(models.TextChoices):
    COURSE = "course", _("Steps and dates")
    ANSWERS = "answers", _("Answers of a self-assessment")
    FEEDBACK = "feedback", _("Written feedback")
    LIST = "list_of_observations", _("List of observations")
    SUMMARY = "summary", _("Summary")


class FileStatus(models.TextChoices):
    """``PREPARED``: no other officer was asked to look at it. ``BROUGHT_IN``: another officer has confirmed it."""

    PREPARED = "prepared", _("Being prepared")
    WAITING = "waiting", _("Waits for another officer")
    BROUGHT_IN = "brought_in", _("Brought in")
    SET_ASIDE = "set_aside", _("Set aside")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def work_state(self) -> WorkState | None:
        return {
            FileStatus.PREPARED: WorkState.IN_WORK,
            FileStatus.WAITING: WorkState.WITH_OTHERS,
            FileStatus.BROUGHT_IN: WorkState.DONE,
            FileStatus.SET_ASIDE: None,
            FileStatus.WITHDRAWN: None,
        }[self]


class StateWord(models.TextChoices):
    """What a State has said of what was brought in as its own."""

    NONE = "", _("Not confirmed by the State")
    CONFIRMED = "confirmed", _("Confirmed by the State")
    OBJECTED = "objected", _("The State objects")


class BringingAction(models.TextChoices):
    LIST = "bringing.list", _("See what can be brought in, and what was")
    PREPARE = "bringing.prepare", _("Bring in a file")
    VIEW_FILE = "bringing.view_file", _("Look at a file that is brought in")
    LAY_BEFORE = "bringing.lay_before", _("Lay a file before another officer")
    CONFIRM = "bringing.confirm", _("Confirm a file of another officer")
    APPLY = "bringing.apply", _("Carry out what a file says")
    SET_ASIDE = "bringing.set_aside", _("Set a file of another officer aside")
    WITHDRAW = "bringing.withdraw", _("Withdraw one's own file")
    VIEW_PIECES = "bringing.view_pieces", _("See what was brought in for a review")
    READ_WORDS = "bringing.read_words", _("Read why a State objects")
    SAY = "bringing.say", _("Confirm for one's State what was brought in, or object")
