"""The form with which a token is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from accounts.tokens.enums import TokenScope
from accounts.tokens.services import TokenInput
from core.language.i18n import isolated
from core.web.forms import AccessibleForm

USUAL_DAYS = 30


class TokenForm(AccessibleForm):
    """``states``: those for which the person acts. Who acts for one alone chooses none, and the token is for that one:
    it does not grow where the person is made to act for another. ``longest``: for how many days it may be valid.
    """

    name = forms.CharField(
        label=_("Name of the token"),
        help_text=_("By which you know it again, for instance the program that will use it."),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the program may do"),
        help_text=_("Never more than you may yourself. Choose as little as it needs."),
        choices=TokenScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the token is for.")},
    )
    state = forms.ChoiceField(label=_("For which State it acts"), required=False)
    days = forms.IntegerField(
        label=_("Valid for how many days"),
        min_value=1,
        initial=USUAL_DAYS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(self, *args: Any, states: list[StateParty], longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.states = {state.iso3: state for state in states}
        options = [(iso3, isolated(state.name)) for iso3, state in self.states.items()]
        self.fields["state"].choices = [("", _("All for which I act")), *options]  # type: ignore[attr-defined]
        if len(states) < 2:
            del self.fields["state"]
        self.fields["days"].help_text = _("At most %(days)s. Afterwards you make another one.") % {"days": longest}

    @property
    def given(self) -> TokenInput:
        values = self.cleaned_data
        iso3 = values["state"] if "state" in self.fields else next(iter(self.states), "")
        return TokenInput(values["name"], values["scopes"], values["days"], self.states.get(iso3))
