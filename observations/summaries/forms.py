from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.drafts import WritingForm


class PassageForm(WritingForm):
    """A passage of a summary."""

    text = forms.CharField(
        label=_("Passage"),
        help_text=_("A passage that is left empty does not appear in the summary."),
        required=False,
        widget=forms.Textarea(attrs={"class": "app-answer-text", "data-editor": "", "dir": "auto", "rows": 10}),
    )


class PassageDraftForm(PassageForm):
    """What a State would have a passage say. ``copied``: the revision of the passage that the writer saw."""

    copied = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_copied(self) -> int:
        return self.cleaned_data["copied"] or 0
