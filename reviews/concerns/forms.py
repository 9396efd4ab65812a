from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.people import OfficerField
from accounts.people.models import User
from accounts.states.models import StateParty
from core.web.forms import TextForm


class MessageForm(TextForm):
    text = forms.CharField(
        label=_("Message"),
        error_messages={"required": _("Write what you have to say.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}),
    )


class OpenForm(MessageForm):
    """``others`` are the States of the review with which one may consult, ``officers`` who is in charge of it."""

    states: Any = forms.ModelMultipleChoiceField(
        StateParty.objects.none(),
        label=_("With which States?"),
        help_text=_("Their focal points and experts read and write here. This cannot be changed later."),
        error_messages={"required": _("Choose at least one other State.")},
        widget=forms.CheckboxSelectMultiple,
    )
    officer: Any = OfficerField(
        User.objects.none(),
        label=_("Does the officer in charge take part as well?"),
        help_text=_("This person, and not whoever is in charge later. This cannot be changed later."),
        required=False,
        blank=True,  # or radio buttons would leave the choice of nobody out
        empty_label=_("No, the States alone"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This person is not in charge of the review any more. Choose again.")},
    )
    field_order = ("states", "officer", "text")

    def __init__(self, *args: Any, others: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["states"].queryset = others  # type: ignore[attr-defined]
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]
        # One that was chosen while the form lay open is refused, and never left out unseen.
        if not officers.exists() and not self.data.get(self.add_prefix("officer")):
            del self.fields["officer"]
