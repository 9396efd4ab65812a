"""Forms of the contacts of States. What is wrong with what is typed the services say, by field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.contacts.services import ContactInput
from accounts.contacts.sheet import ContactRow, read_sheet
from accounts.states import all_states, codes_by_name, sorted_by_name
from core.language.i18n import UN_LANGUAGES
from core.web.forms import AccessibleForm, UploadForm

_AUTO = {"dir": "auto", "autocomplete": "off"}


class ContactForm(AccessibleForm):
    """An office of a State. ``seen``: the contact that the page has shown."""

    office = forms.CharField(
        label=gettext_lazy("Mission or office"),
        help_text=gettext_lazy("For example the permanent mission, or the section of the ministry."),
        error_messages={"required": gettext_lazy("Enter the mission or office.")},
        widget=forms.TextInput(attrs=_AUTO),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Of the office, and not of one person where there is a choice."),
        error_messages={"required": gettext_lazy("Enter the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of correspondence"),
        help_text=gettext_lazy("A mail comes in this language where the portal speaks it, and in English otherwise."),
        choices=UN_LANGUAGES,
    )
    remark = forms.CharField(label=gettext_lazy("Remark"), required=False, widget=forms.TextInput(attrs=_AUTO))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def given(self) -> ContactInput:
        """What the service takes (after validation)."""
        names = ("office", "email", "language", "remark")
        return ContactInput(**{name: self.cleaned_data[name] for name in names})


class NewContactForm(ContactForm):
    state = forms.ChoiceField(
        label=gettext_lazy("State"), error_messages={"required": gettext_lazy("Choose the State.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.iso3, state.name) for state in sorted_by_name(all_states())]
        self.order_fields(["state"])
        self.fields["state"].choices = [("", "–"), *states]  # type: ignore[attr-defined]


class ContactRemoveForm(AccessibleForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ContactSheetForm(UploadForm):
    """A list of contacts; nothing of it is kept before it is confirmed."""

    label = gettext_lazy("List of contacts")
    hint = gettext_lazy("The template, filled in: .xlsx, or .csv in UTF-8 or UTF-16. At most %(rows)d contacts.")
    rows: Sequence[ContactRow] = ()

    def read(self, name: str, content: bytes) -> Sequence[ContactRow]:
        return read_sheet(name, content, codes_by_name())


class ContactSheetConfirmForm(AccessibleForm):
    """``sheet``: what was read, signed; ``seen``: the contacts on which the preview rested."""

    sheet = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
