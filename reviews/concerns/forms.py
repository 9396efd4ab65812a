from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.web.forms import AccessibleForm


class MessageForm(AccessibleForm):
    marks_optional_fields = False

    text = forms.CharField(
        label=_("Message"),
        error_messages={"required": _("Write what you have to say.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language


class OpenForm(MessageForm):
    """``others`` are the States of the review with which one may consult."""

    states: Any = forms.ModelMultipleChoiceField(
        StateParty.objects.none(),
        label=_("With which States?"),
        help_text=_("Their focal points and experts read and write here. This cannot be changed later."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_secretariat = forms.BooleanField(label=_("The officer in charge takes part as well"), required=False)
    field_order = ("states", "with_secretariat", "text")

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["states"].queryset = others  # type: ignore[attr-defined]
