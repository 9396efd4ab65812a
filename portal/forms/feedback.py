from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AccessibleForm


class CommentForm(AccessibleForm):
    """What a State says at one place. ``base`` is the revision that the writer saw, 0 for none."""

    text = forms.CharField(label=_("Written feedback"), required=False, strip=False)
    base = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_base(self) -> int:
        return self.cleaned_data["base"] or 0
