from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.forms import AccessibleForm
from core.i18n import interface_languages
from reviews.enums import ParticipationRole


class PersonForm(AccessibleForm):
    """A person named in a note verbale."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "Somebody who is registered already keeps his or her own profile; what you enter below is then not used."
        ),
        error_messages={"required": _("Enter the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    full_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Enter the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    job_title = forms.CharField(
        label=_("Title"), max_length=150, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    organization = forms.CharField(
        label=_("Ministry or office"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the pages, and of the mails that the person receives."),
        choices=interface_languages,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    note_verbale = forms.CharField(
        label=_("Note verbale"),
        max_length=100,
        required=False,
        help_text=_("Its number or date."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "dir": "auto"}),
    )


class ReplacementForm(PersonForm):
    """Who takes over; State and role stay those of the participation."""


class ParticipantForm(PersonForm):
    """A person with the State and the role in which he or she takes part."""

    fields_of_service = {"state_party": "state"}

    state = forms.ChoiceField(
        label=_("State"),
        help_text=_("For which the person takes part."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the State.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ParticipationRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the role.")},
    )

    field_order = ["state", "role"]

    def __init__(self, *args: Any, states: Sequence[StateParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.states = {state.iso3: state for state in states}
        self.fields["state"].choices = [(code, state.name) for code, state in self.states.items()]  # type: ignore[attr-defined]

    def clean_state(self) -> StateParty:
        return self.states[self.cleaned_data["state"]]

    def clean_role(self) -> ParticipationRole:
        return ParticipationRole(self.cleaned_data["role"])
