"""The form in which a draw of another place is brought in."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_reading import ENDINGS, bounded_content
from core.web.forms import AccessibleForm
from lots.algorithm.terms import MOST_SOURCE
from lots.bringing.selectors import known_words
from lots.bringing.sheet import BroughtPair, read_pairs
from lots.preparation import REAL, TRAINING, phase_words
from reviews.programme import phases_of
from reviews.programme.models import Mechanism, Phase


class BringInForm(AccessibleForm):
    """``table`` carries the rows that were read once, as CSV, so that the file is not chosen again.

    ``seen`` is what of them was shown (``selectors.fingerprint_of``).
    """

    marks_optional_fields = False

    phase = forms.ChoiceField(label=gettext_lazy("Phase"), error_messages={"required": gettext_lazy("Choose a phase.")})
    kind = forms.ChoiceField(
        label=gettext_lazy("Which States"),
        choices=[
            (REAL, gettext_lazy("A real draw, of the States that are party")),
            (TRAINING, gettext_lazy("A draw for training, of the fictional States")),
        ],
        initial=REAL,
        widget=forms.RadioSelect,
    )
    as_of = forms.DateField(
        label=gettext_lazy("Drawn on"),
        help_text=gettext_lazy("The rules are checked for what the States had joined on this day."),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label=gettext_lazy("Where it is read"),
        help_text=gettext_lazy("Such as the symbol of a document or an address. It stands on the public page."),
        max_length=MOST_SOURCE,
        error_messages={"required": gettext_lazy("Say where this draw is read.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Groups and pairings"),
        help_text=gettext_lazy("An .xlsx or .csv file, one row for each pair."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    table = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mechanism = mechanism
        self.pairs: list[BroughtPair] = []
        self.phases = {str(phase.number): phase for phase in phases_of(mechanism)}
        field: Any = self.fields["phase"]
        field.choices = [("", _("Choose…")), *((number, phase_words(phase)) for number, phase in self.phases.items())]

    def clean(self) -> dict[str, Any]:
        """Read the file, or what was read of it before."""
        cleaned = super().clean() or {}
        file, kept = cleaned.get("file"), cleaned.get("table", "")
        if not file and not kept:
            self.add_error("file", _("Choose the file."))
            return cleaned
        name, content = (file.name, bounded_content(file)) if file else ("table.csv", kept.encode())
        try:
            self.pairs = read_pairs(name, content, known_words(self.mechanism))
        except ServiceError as error:
            self.add_error("file", str(error))
        return cleaned

    @property
    def wrong(self) -> list[BroughtPair]:
        return [pair for pair in self.pairs if pair.problems]

    @property
    def phase_chosen(self) -> Phase:
        return self.phases[self.cleaned_data["phase"]]

    @property
    def day(self) -> dt.date:
        day: dt.date = self.cleaned_data["as_of"]
        return day

    @property
    def is_training(self) -> bool:
        return bool(self.cleaned_data["kind"] == TRAINING)
