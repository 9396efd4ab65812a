"""What is done with translations of texts, and how one stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class TranslationAction(models.TextChoices):
    """What is done with a translation that was ordered of a list of observations or a summary."""

    LIST_OWN = "translations.list_own", _("See the translations that are ordered from oneself")
    LIST = "translations.list", _("See the language versions of a text")
    ORDER = "translations.order", _("Order a translation of a text")
    VIEW = "translations.view", _("Read a translation")
    WRITE = "translations.write", _("Write a translation, or take it out as a file and bring it back")
    HAND_IN = "translations.hand_in", _("Hand a translation in")
    CONFIRM = "translations.confirm", _("Confirm a translation")
    END = "translations.end", _("End an order of a translation")
    RENDER = "translations.render", _("Make the document of a translation")


class TranslationStatus(models.TextChoices):
    """Of what kind a translation is as it stands; a machine's draft stays one until somebody has read each segment."""

    NOT_BEGUN = "not_begun", _("Not begun")
    MACHINE = "machine", _("Machine draft")
    HUMAN = "human", _("Human draft")
    HANDED_IN = "handed_in", _("Handed in")
    ENDED = "ended", _("Ended without a confirmation")
    CONFIRMED = "confirmed", _("Confirmed")

    @property
    def work_state(self) -> WorkState | None:
        return {
            TranslationStatus.NOT_BEGUN: WorkState.WITH_OTHERS,
            TranslationStatus.MACHINE: WorkState.IN_WORK,
            TranslationStatus.HUMAN: WorkState.IN_WORK,
            TranslationStatus.HANDED_IN: WorkState.READY,
            TranslationStatus.CONFIRMED: WorkState.DONE,
        }.get(self)
