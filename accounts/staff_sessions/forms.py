"""The form with which a staff session begins: what for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.states import all_states, offered_states, sorted_by_name
from accounts.states.models import StateParty
from core.language.i18n import isolated
from core.web.forms import AccessibleForm


def _reason(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=help_text,
        error_messages={"required": _("Give the reason.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class StaffSessionForm(AccessibleForm):
    """``state``: the code of the State concerned, empty for none."""

    fields_of_service = {"state_party": "state"}

    state = forms.ChoiceField(
        label=_("State concerned"),
        required=False,
        help_text=_(
            "Its focal points and its permanent mission read the reason, and what you did. For an act on a person, "
            "choose the State of that person."
        ),
    )
    reason = _reason(_("In a few words. The State concerned reads it, and so do auditors."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = self["state"].value()  # by the page that asked for a session
        self.states = {
            state.iso3: state for state in sorted_by_name(offered_states() | all_states().filter(iso3=named))
        }
        options = [(iso3, isolated(state.name)) for iso3, state in self.states.items()]
        self.fields["state"].choices = [("", _("No single State")), *options]  # type: ignore[attr-defined]

    def clean_state(self) -> StateParty | None:
        return self.states.get(self.cleaned_data["state"])
