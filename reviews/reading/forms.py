from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from core.language.i18n import UN_LANGUAGES
from core.web.forms import AccessibleForm
from reviews.programme.models import Cluster, Instrument, Mechanism
from reviews.reading.enums import ReadingKind
from reviews.reading.services import ReadingInput

FIELDS = ("kind", "title", "language", "link", "instrument", "cluster", "order")


class SeenForm(AccessibleForm):
    """``seen``: the entry as the page has shown it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ReadingForm(SeenForm):
    """One entry of the list. What is wrong with it the service says, by field."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReadingKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=pgettext_lazy("of a work", "Title"),
        help_text=_("In the language of the work."),
        error_messages={"required": _("Give the title of the work.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the work"), choices=UN_LANGUAGES)
    link = forms.CharField(
        label=_("Address"),
        help_text=_("Where it is found on the web, beginning with https://. Leave it empty for what is only printed."),
        required=False,
        widget=forms.TextInput(attrs={"type": "url", "dir": "ltr", "autocomplete": "off"}),
    )
    instrument: Any = forms.ModelChoiceField(
        Instrument.objects.none(), label=_("Matters for"), required=False, empty_label=_("All instruments")
    )
    cluster: Any = forms.ModelChoiceField(
        Cluster.objects.none(), label=_("Matters in the reviews of"), required=False, empty_label=_("All clusters")
    )
    order = forms.IntegerField(
        label=_("Place in the list"),
        help_text=_("Smaller numbers stand first within a kind. Left empty, a new entry comes last."),
        required=False,
        min_value=0,
        max_value=32_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].queryset = mechanism.instruments.all()  # type: ignore[attr-defined]
        self.fields["cluster"].queryset = mechanism.clusters.all()  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()

    @property
    def given(self) -> ReadingInput:
        """What the service takes (after validation)."""
        return ReadingInput(**{name: self.cleaned_data[name] for name in FIELDS})
