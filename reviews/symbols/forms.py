from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from core.language.i18n import UN_LANGUAGES, in_own_order, list_of
from core.web.forms import AccessibleForm
from reviews.symbols.enums import Distribution
from reviews.symbols.services import SymbolInput

FIELDS = ("symbol", "distribution", "dated_on", "original")


class SeenSymbolForm(AccessibleForm):
    """``seen``: the symbol as the page has shown it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SymbolForm(SeenSymbolForm):
    """What the masthead of a document says. What is wrong with the symbol the service says."""

    symbol = forms.CharField(
        label=pgettext_lazy("of a document", "Symbol"),
        error_messages={"required": _("Give the symbol of the document.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    distribution = forms.ChoiceField(
        label=pgettext_lazy("of a document", "Distribution"),
        help_text=_("A file that holds what only the States of the review may read says “Restricted” all the same."),
        choices=Distribution.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the document is distributed.")},
    )
    dated_on = forms.DateField(
        label=_("Date of the document"),
        error_messages={"required": _("Give the date of the document.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    original = forms.ChoiceField(label=_("Original language"), choices=UN_LANGUAGES)

    def __init__(self, *args: Any, shapes: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = shapes.split()
        words = gettext("Such as %(example)s; # is a number.") if given else gettext("Such as %(example)s.")
        example = list_of([in_own_order(each) for each in given or ["CTOC/COP/WG.10/2026/CRP.1"]])
        self.fields["symbol"].help_text = words % {"example": example}

    @property
    def given(self) -> SymbolInput:
        """What the service takes (after validation)."""
        return SymbolInput(**{name: self.cleaned_data[name] for name in FIELDS})
