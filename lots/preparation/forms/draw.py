"""What every form that makes a draw asks: of which phase, of which States, and of which day."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.web.forms import AccessibleForm
from reviews.programme import phases_of
from reviews.programme.models import Mechanism, Phase

REAL, TRAINING = "real", "training"


class DrawForm(AccessibleForm):
    """``phases`` are those of the mechanism by number."""

    marks_optional_fields = False  # a list of States that stays empty is an answer too

    phase = forms.ChoiceField(label=gettext_lazy("Phase"), error_messages={"required": gettext_lazy("Choose a phase.")})
    kind = forms.ChoiceField(
        label=gettext_lazy("Which States"),
        choices=[
            (REAL, gettext_lazy("A real draw, of the States that are party")),
            (TRAINING, gettext_lazy("A draw for training, of the fictional States")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the draw is real or for training.")},
    )
    as_of = forms.DateField(
        label=gettext_lazy("Parties as of"),
        help_text=gettext_lazy("A State takes part with the instruments that it had joined on this day."),
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Write the day of which the parties are taken."),
            "invalid": gettext_lazy("Write a day, such as 2026-11-25."),
        },
    )

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phases = {str(phase.number): phase for phase in phases_of(mechanism)}
        field: Any = self.fields["phase"]
        field.choices = [("", _("Choose…")), *((number, phase_words(phase)) for number, phase in self.phases.items())]

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


def phase_words(phase: Phase) -> str:
    """A phase as a choice of a form."""
    return _("Phase %(phase)s: cluster %(cluster)s") % {"phase": phase.number, "cluster": phase.cluster}
