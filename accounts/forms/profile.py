from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AccessibleForm
from core.i18n import interface_languages


class ProfileForm(AccessibleForm):
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
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the pages, and of the mails that you receive."),
        choices=interface_languages,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
