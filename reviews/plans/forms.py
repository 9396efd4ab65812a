from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm
from reviews.programme import phases_of
from reviews.programme.enums import EVIDENCE_WORDS, DayRule, DurationUnit, StepOwner
from reviews.programme.models import Phase, StepPlan, StepPlanVersion
from reviews.schedule import rows_of

_EVERY_PHASE, _START = _("Every phase"), _("The start of the review")


def _note(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}))


class PlanForm(AccessibleForm):
    """What holds for a whole version of the step plan."""

    marks_optional_fields = False

    phase = forms.ModelChoiceField(
        label=_("For which phase"), queryset=Phase.objects.none(), required=False, empty_label=_EVERY_PHASE
    )
    day_rule = forms.ChoiceField(
        label=_("A date that falls on a day off of the place that owes it"),
        choices=DayRule.choices,
        widget=forms.RadioSelect,
    )
    evidence_mark = forms.ChoiceField(label=_("How well this rule is known"), choices=list(EVIDENCE_WORDS.items()))
    evidence_note = _note(_("Where the rule comes from"))
    note = _note(_("Note on this version"))

    def __init__(self, *args: Any, version: StepPlanVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = phases_of(version.mechanism)  # type: ignore[attr-defined]


class PlanRowForm(AccessibleForm):
    """One milestone of a draft."""

    marks_optional_fields = False

    amount = forms.IntegerField(
        label=_("Duration"),
        min_value=0,
        max_value=1000,
        error_messages={"required": _("Give the duration.")},
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=DurationUnit.choices)
    counted_from: "forms.ModelChoiceField[StepPlan]" = forms.ModelChoiceField(
        label=_("Counted from"), queryset=StepPlan.objects.none(), required=False, empty_label=_START
    )
    owed_by = forms.ChoiceField(label=_("Owed by"), choices=StepOwner.choices)
    evidence_mark = forms.ChoiceField(label=_("How well this duration is known"), choices=list(EVIDENCE_WORDS.items()))
    evidence_note = _note(_("Where the duration comes from"))

    def __init__(self, *args: Any, row: StepPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = rows_of(row.version).exclude(pk=row.pk)
        self.fields["counted_from"].queryset = others  # type: ignore[attr-defined]
