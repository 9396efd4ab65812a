from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm


class ObjectionForm(AccessibleForm):
    """Why a State does not agree; ``sha256`` is that of the version that the person was shown."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Name the paragraphs, and say what your State proposes instead."),
        widget=forms.Textarea(attrs={"class": "app-answer-text", "dir": "auto", "rows": 6}),
        error_messages={"required": _("Say what your State does not agree to.")},
    )
    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
