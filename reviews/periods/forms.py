"""The dates of a whole programme, typed or shifted, and what is said of them before they are stored."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from core.templatetags.components import date_short
from core.web.forms import AccessibleForm
from reviews.periods.grid import CellKey, PeriodGrid, Span, first_cell_of, grid_from, outside, token_of
from reviews.periods.validators import FIRST, LAST, field_name, of_cell, problems_of, too_far
from reviews.programme.enums import EVIDENCE_WORDS

_ISO = "%Y-%m-%d"
THIS_PHASE, AND_LATER = "phase", "later"


class DayField(forms.DateField):
    """A day as the browser sends it; its language says nothing of the form of the figures."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "app-day"}, format=_ISO)
        super().__init__(input_formats=[_ISO], widget=widget, **kwargs)


class _ShownForm(AccessibleForm):
    """A form that carries which programme its writer was shown."""

    marks_optional_fields = False

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def shown(self) -> PeriodGrid:
        return grid_from(self.cleaned_data.get("base", ""))


class PeriodsForm(_ShownForm):
    """A first and a last day for each cell; a cell may stay empty. ``grid`` is what was given (after validation).

    What was typed about them on the page of the effects comes along unseen, should one go back from there.
    """

    evidence_mark: Any = forms.CharField(required=False, widget=forms.HiddenInput)
    evidence_note: Any = forms.CharField(required=False, widget=forms.HiddenInput)
    reason: Any = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, cells: Iterable[CellKey], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = list(cells)
        self.grid: PeriodGrid = {}
        for key in self.cells:
            self.fields[field_name(FIRST, key)] = _edge(key, _("first day"))
            self.fields[field_name(LAST, key)] = _edge(key, _("last day"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.grid = {key: span for key in self.cells if (span := self._span(key, cleaned))}
        if not self.errors:
            for problem in problems_of(self.grid):
                self.add_error(problem.field, problem.message)
        return cleaned

    def _span(self, key: CellKey, cleaned: Mapping[str, Any]) -> Span | None:
        names = [field_name(edge, key) for edge in (FIRST, LAST)]
        days = [cleaned.get(name) for name in names]
        if any(days) and not all(days):
            missing = names[0 if days[0] is None else 1]
            if missing in cleaned:  # otherwise what was typed there is wrong, and has been said
                self.add_error(missing, of_cell(key, _("give both days, or neither.")))
        return Span(*days) if all(days) else None  # type: ignore[arg-type]

    @property
    def about(self) -> dict[str, str]:
        """What was typed about the dates, as it was sent."""
        return {name: self.data.get(name, "") for name in ("evidence_mark", "evidence_note", "reason")}

    @staticmethod
    def values_of(grid: PeriodGrid, *, base: PeriodGrid) -> dict[str, str]:
        """What the fields hold where ``grid`` is wanted in place of ``base``."""
        values = {"base": token_of(base)}
        for key, span in grid.items():
            values |= {field_name(FIRST, key): str(span.first), field_name(LAST, key): str(span.last)}
        return values


def _edge(key: CellKey, label: str) -> DayField:
    wrong = of_cell(key, _("this is no day of the calendar."))
    return DayField(label=of_cell(key, label), required=False, error_messages={"invalid": wrong})


class NewDatesForm(PeriodsForm):
    """The same dates, carried unseen, with where they come from, and why where somebody warns of them."""

    evidence_mark = forms.ChoiceField(
        label=gettext_lazy("How well the new dates are known"),
        choices=[("", gettext_lazy("Choose…")), *EVIDENCE_WORDS.items()],
        error_messages={"required": gettext_lazy("Choose how well the new dates are known.")},
    )
    evidence_note = forms.CharField(
        label=gettext_lazy("Where the new dates come from"),
        help_text=gettext_lazy("Such as a decision of the Conference. It stands beside each date that changes."),
        error_messages={"required": gettext_lazy("Say where the new dates come from.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why a phase is to begin all the same"),
        help_text=gettext_lazy("It stands in the record of acts."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in self.cells:
            for edge in (FIRST, LAST):
                self.fields[field_name(edge, key)].widget = forms.HiddenInput()

    @property
    def is_about_dates(self) -> bool:
        """Whether what is wrong can be mended in the form of the dates alone."""
        return bool(self.errors.keys() - {"evidence_mark", "evidence_note", "reason"})


class ShiftForm(_ShownForm):
    """A new first day for a phase, after which all others keep their distances."""

    phase = forms.TypedChoiceField(
        label=gettext_lazy("Phase"), coerce=int, error_messages={"required": gettext_lazy("Choose a phase.")}
    )
    first_day = DayField(
        label=gettext_lazy("New first day of its first group"),
        error_messages={
            "required": gettext_lazy("Give the new first day."),
            "invalid": gettext_lazy("This is no day of the calendar."),
        },
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What moves with it"),
        choices=[(AND_LATER, gettext_lazy("This and all later phases")), (THIS_PHASE, gettext_lazy("This phase only"))],
        widget=forms.RadioSelect,
        initial=AND_LATER,
    )

    def __init__(self, *args: Any, grid: PeriodGrid, **kwargs: Any) -> None:
        super().__init__(*args, prefix="shift", **kwargs)
        leaders = [first_cell_of(grid, phase) for phase in sorted({key.phase for key in grid})]
        self.fields["phase"].choices = [(key.phase, _begins(key, grid)) for key in leaders if key]  # type: ignore[attr-defined]

    @property
    def has_phases(self) -> bool:
        """Whether there is anything to shift."""
        return bool(self.fields["phase"].choices)  # type: ignore[attr-defined]

    def clean_first_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["first_day"]
        if outside([day]):
            raise forms.ValidationError(capfirst(too_far()))
        return day


def _begins(key: CellKey, grid: PeriodGrid) -> str:
    return _("Phase %(phase)s (group %(group)s: %(day)s)") % {
        **key._asdict(),
        "day": date_short(grid[key].first),
    }
