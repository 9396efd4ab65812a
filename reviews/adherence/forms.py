from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.language.i18n import UN_LANGUAGES
from core.web.forms import AccessibleForm
from reviews.adherence.enums import StatementKind
from reviews.programme.enums import AdherenceKind


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )


class AdherenceForm(AccessibleForm):
    """``confirmed``: the fingerprint of what would follow, once it was shown; ``seen``: what stood then."""

    marks_optional_fields: ClassVar[bool] = False

    kind = forms.ChoiceField(
        label=pgettext_lazy("ratification, accession…", "Act"), choices=AdherenceKind.choices, widget=forms.RadioSelect
    )
    deposited_on = _day(_("Deposited on"))
    source = forms.CharField(
        label=_("Where this is read"),
        help_text=_("For example a depositary notification with its number, or an address of the Treaty Collection."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_verified = forms.BooleanField(label=_("I have read the date there myself"), required=False)
    confirmed = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class StatementForm(AccessibleForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=StatementKind.choices, widget=forms.RadioSelect)
    made_on = _day(_("Made on"), required=False)
    language = forms.ChoiceField(label=_("Language of the text"), choices=UN_LANGUAGES)
    text = forms.CharField(
        label=_("Text"),
        help_text=_("As the depositary has circulated it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    link = forms.URLField(
        label=_("Link to the source"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class StatementDeleteForm(AccessibleForm):
    """``seen``: the statement that the page has shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
