from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.language.i18n import UN_LANGUAGES, interface_languages
from core.time.time_zones import zone_choices
from core.web.appearance import Appearance
from core.web.forms import AccessibleForm


def _zones() -> list[Any]:
    return [("", _("That of the secretariat")), *zone_choices()]


class ProfileForm(AccessibleForm):
    """How a person appears to the others, and how pages and mails address him or her."""

    full_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As it should appear to the other participants."),
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    job_title = forms.CharField(
        label=_("Title"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
    )
    organization = forms.CharField(
        label=_("Ministry or office"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    phone = forms.CharField(
        label=_("Office telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr", "class": "govuk-input--width-20"}
        ),
    )
    working_languages = forms.MultipleChoiceField(
        label=_("Languages in which you work"),
        choices=UN_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    office_hours = forms.CharField(
        label=_("Hours of work"),
        max_length=100,
        required=False,
        help_text=_("For example: Monday to Friday, 9 to 17."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    office_place = forms.CharField(
        label=_("Place of work"),
        max_length=200,
        required=False,
        help_text=_("City, and the address of the office if you wish."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=_zones,
        required=False,
        help_text=_("The pages show times of day in it."),
        widget=forms.Select(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the pages, and of the mails that you receive."),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )

    appearance = forms.ChoiceField(
        label=_("Light or dark pages"),
        choices=Appearance.choices,
        required=False,
        help_text=_("On this browser."),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = interface_languages(self.initial.get("language", ""))
