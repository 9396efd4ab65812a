"""What is written below an objection, and what pages of its end carry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm
from reviews.drafts import ShownForm


class ObjectionReplyForm(ShownForm):
    """``seen``: how many replies the page has shown."""

    text = forms.CharField(
        label=_("Reply"),
        help_text=_("All who read this text read it at once. It can no longer be changed then."),
        widget=forms.Textarea(attrs={"class": "app-answer-text", "dir": "auto", "rows": 5}),
        error_messages={"required": _("Say something.")},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ResolvedForm(AccessibleForm):
    """``sha256`` is that of the version that the page has shown."""

    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
