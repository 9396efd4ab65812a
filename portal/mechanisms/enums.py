from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class MechanismWay(models.TextChoices):
    """How a mechanism comes into the portal."""

    SHIPPED = "shipped", _("It comes with the portal")
    FILE = "file", _("Out of a file")
    EMPTY = "empty", _("Empty, to be filled on pages")


class ChoiceStatus(models.TextChoices):
    """``WAITING``: for another member of the secretariat. ``CONFIRMED``: a worker loads it, or has failed to."""

    WAITING = "waiting", _("Waits for another member")
    CONFIRMED = "confirmed", _("Being loaded")
    LOADED = "loaded", _("Loaded")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def work_state(self) -> WorkState | None:
        return {
            ChoiceStatus.WAITING: WorkState.WITH_OTHERS,
            ChoiceStatus.CONFIRMED: WorkState.IN_WORK,
            ChoiceStatus.LOADED: WorkState.DONE,
            ChoiceStatus.WITHDRAWN: None,
        }[self]


class MechanismAction(models.TextChoices):
    """What is done to have a mechanism in the portal, and with its file."""

    VIEW = "mechanisms.view", _("See which mechanisms there are, and take their files")
    CHOOSE = "mechanisms.choose", _("Load a mechanism, or bring in its file")
    CONFIRM = "mechanisms.confirm", _("Confirm a mechanism that somebody else has brought in")
    WITHDRAW = "mechanisms.withdraw", _("Withdraw a mechanism that is not loaded")
    LOAD_AGAIN = "mechanisms.load_again", _("Load what was chosen again after it has failed")
    LOAD = "mechanisms.load", _("Load what was chosen")
