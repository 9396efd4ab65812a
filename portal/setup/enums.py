from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class SetupAction(models.TextChoices):
    """What is done to make the portal the institution's own."""

    VIEW = "setup.view", _("See how the portal is set up")
    VIEW_SETTINGS = "setup.view_settings", _("See what the environment of the portal decides")
    CHANGE = "setup.change", _("Change the name, the looks and the languages of the portal, and try its mails")


class SetupStatus(models.TextChoices):
    """How a step of setting up stands."""

    TO_DO = "to_do", _("To do")
    WAITS = "waits", _("Waits")
    OPTIONAL = "optional", _("If you wish")
    DONE = "done", _("Done")

    @property
    def work_state(self) -> WorkState:
        return {
            SetupStatus.TO_DO: WorkState.NOT_BEGUN,
            SetupStatus.WAITS: WorkState.NOT_BEGUN,
            SetupStatus.OPTIONAL: WorkState.NOT_BEGUN,
            SetupStatus.DONE: WorkState.DONE,
        }[self]
