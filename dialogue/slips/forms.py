from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.drafts import WritingForm


class SlipForm(WritingForm):
    """What a State notes for itself at one place."""

    text = forms.CharField(label=_("Private note"), required=False, strip=False)
