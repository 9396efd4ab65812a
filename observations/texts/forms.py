from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm
from reviews.drafts import WritingForm


class ObjectionForm(AccessibleForm):
    """Why a State does not agree; ``sha256`` is that of the version that the person was shown."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Name the paragraphs, and say what your State proposes instead."),
        widget=forms.Textarea(attrs={"class": "app-answer-text", "dir": "auto", "rows": 6}),
        error_messages={"required": _("Say what your State does not agree to.")},
    )
    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


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


class LayForm(WritingForm):
    """The act of laying a draft on the table. ``replaces``: the revision seen of what it takes the place of, if any."""

    replaces = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
