"""Notes below a suggestion of wording."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from observations.suggestion_notes.enums import NoteMark
from observations.suggestions.models import Suggestion
from reviews.cases.models import ConfidentialModel


class SuggestionNote(ConfidentialModel):
    """One entry of a thread below a suggestion: words, or the mark that the matter is resolved, or open again.

    In a ``room`` it is for the people of that State alone, also where the reviewing States share their rooms; without
    one it lies before all who read the text, said by a focal point for the State. Nothing of it moves from one to
    the other, and nothing of it changes; it goes with a draft that is thrown away. Written by ``services`` alone.
    """

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="notes", verbose_name=_("suggestion"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    text = models.TextField(_("note"), blank=True)
    mark = models.CharField(_("mark"), max_length=10, choices=NoteMark, blank=True)

    audit_name = "observations.suggestionnote"

    class Meta:
        verbose_name = _("note below a suggestion")
        verbose_name_plural = _("notes below suggestions")
        ordering = ["suggestion", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="suggestionnote_says_or_marks",
                condition=Q(mark="") & ~Q(text="") | ~Q(mark="") & Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}: {self.state_party}"
