"""How the notes of a meeting stand, and what is done with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class NotesStatus(models.TextChoices):
    """``LAID`` before the States that met; frozen once each of them has agreed."""

    DRAFT = "draft", _("Draft")
    LAID = "laid", _("Laid before the States")
    AGREED = "agreed", _("Agreed")

    @property
    def work_state(self) -> WorkState:
        return {
            NotesStatus.DRAFT: WorkState.IN_WORK,
            NotesStatus.LAID: WorkState.WITH_OTHERS,
            NotesStatus.AGREED: WorkState.DONE,
        }[self]


class NotesAction(models.TextChoices):
    VIEW = "notes.view", _("Read the notes of a meeting")
    WRITE = "notes.write", _("Write the notes of a meeting")
    CHANGE = "notes.change", _("Change notes that lie before the States")
    DISCARD = "notes.discard", _("Discard a draft of the notes of a meeting")
    LAY = "notes.lay", _("Lay the notes of a meeting before the States")
    ANSWER = "notes.answer", _("Agree to the notes of a meeting, or object")
