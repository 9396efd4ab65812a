from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.drafts import WritingForm


class CommentForm(WritingForm):
    """What a State says at one place."""

    text = forms.CharField(label=_("Written feedback"), required=False, strip=False)
