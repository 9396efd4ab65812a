"""What is written when a part of a seed is committed to, and when it is read aloud."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm

_LINE = {"dir": "auto", "autocomplete": "off"}
_SIGNS = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class CommitForm(AccessibleForm):
    delegate = forms.CharField(
        label=_("Delegate"),
        help_text=_("Who hands in the commitment and will read the value aloud."),
        error_messages={"required": _("Write the name of the delegate.")},
        widget=forms.TextInput(attrs=_LINE),
    )
    commitment = forms.CharField(
        label=_("Commitment (SHA-256)"),
        help_text=_("64 digits from 0 to 9 and a to f, as the delegate hands them in. Spaces do not matter."),
        error_messages={"required": _("Write the commitment of the delegate.")},
        widget=forms.Textarea(attrs={**_SIGNS, "rows": 2, "class": "app-checksum"}),
    )


class RevealForm(AccessibleForm):
    """``is_delegate``: the value comes with secret words; a public value has none."""

    value = forms.CharField(
        label=_("Value"),
        error_messages={"required": _("Write the value as it was read aloud.")},
        widget=forms.TextInput(attrs=_LINE),
    )
    secret = forms.CharField(
        label=_("Secret words"),
        help_text=_("What the delegate wrote after the slash, exactly: letter case and signs matter."),
        error_messages={"required": _("Write the secret words of the delegate.")},
        widget=forms.TextInput(attrs=_LINE),
    )

    def __init__(self, *args: Any, is_delegate: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_delegate:
            del self.fields["secret"]
