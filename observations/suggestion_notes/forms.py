"""The form of a note below a suggestion."""

from django import forms
from django.utils.translation import gettext_lazy as _

from observations.suggestion_notes.services import MAXIMUM_NOTE
from questionnaires.margin import MentionForm
from reviews.drafts import ShownForm


class SuggestionNoteForm(MentionForm, ShownForm):
    """To colleagues, of whom one may be mentioned, or to all, where nobody is."""

    text = forms.CharField(
        label=_("Note"),
        max_length=MAXIMUM_NOTE,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Write a note.")},
    )
    field_order = ("text", "mention")
