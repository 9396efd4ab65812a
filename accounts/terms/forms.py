from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm


def accept_field() -> Any:
    return forms.BooleanField(
        label=_("I have read these terms and accept them."),
        error_messages={"required": _("Accept the terms to go on. If you cannot, write to the secretariat.")},
    )


class TermsForm(AccessibleForm):
    """Accepts the terms with the number that was shown."""

    accept = accept_field()
    number = forms.IntegerField(widget=forms.HiddenInput())
    next = forms.CharField(required=False, widget=forms.HiddenInput())
