from django import forms
from django.utils.translation import gettext_lazy as _

from core.language.i18n import interface_languages
from core.web.forms import AccessibleForm


class ContributorForm(AccessibleForm):
    """Somebody of a ministry whom the focal point invites."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,  # what an account has room for
        help_text=_(
            "Somebody who is registered already keeps his or her own profile; of what you enter below only the "
            "ministry counts then."
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
        label=_("Ministry or office"),
        help_text=_("What you send to a ministry goes to all of its people, also to those who come later."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the pages, and of the mails that the person receives."),
        choices=interface_languages,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
