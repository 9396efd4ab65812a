"""How a suggestion stands, and what is done with one."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import WorkState


class SuggestionStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a suggestion", "Draft")
    OPEN = "open", pgettext_lazy("a suggestion", "Open")
    ACCEPTED = "accepted", pgettext_lazy("a suggestion", "Accepted")
    REJECTED = "rejected", pgettext_lazy("a suggestion", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("a suggestion", "Withdrawn")

    @property
    def work_state(self) -> WorkState:
        return {
            SuggestionStatus.DRAFT: WorkState.IN_WORK,
            SuggestionStatus.OPEN: WorkState.WITH_OTHERS,
        }.get(self, WorkState.DONE)


DECIDED = frozenset({SuggestionStatus.ACCEPTED, SuggestionStatus.REJECTED, SuggestionStatus.WITHDRAWN})


class SuggestionAction(models.TextChoices):
    VIEW = "suggestions.view", _("Read the suggestions to a text")
    SUGGEST = "suggestions.suggest", _("Suggest wording")
    EDIT = "suggestions.edit", _("Change a drafted suggestion")
    LAY = "suggestions.lay", _("Lay a suggestion on the shared table")
    WITHDRAW = "suggestions.withdraw", _("Withdraw a suggestion")
    DECIDE = "suggestions.decide", _("Accept or reject a suggestion")
    NOTE = "suggestions.note", _("Write to colleagues below a suggestion")
    REPLY = "suggestions.reply", _("Write below a suggestion to all States")
