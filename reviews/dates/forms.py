import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.templatetags.components import date_words
from core.web.forms import AccessibleForm
from reviews.cases.models import ReviewMilestone


def _day(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        error_messages={"required": missing},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )


def _words(label: Any, *, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


_REASON_HINT = gettext_lazy("All who take part in the review can read it.")


class ExtensionForm(AccessibleForm):
    """A later date for one milestone, and why."""

    until = _day(gettext_lazy("New indicative date"), gettext_lazy("Give the new date."))
    reason = _words(gettext_lazy("Reason"), help_text=_REASON_HINT)

    def __init__(self, *args: Any, milestone: ReviewMilestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = _("Now: %(date)s") % {"date": date_words(milestone.due_on)}
        earliest = milestone.due_on + dt.timedelta(days=1)
        self.fields["until"].widget.attrs["min"] = earliest.isoformat()


class PauseForm(AccessibleForm):
    """From when to when the clock of the whole review stops, and why."""

    starts_on = _day(gettext_lazy("First day of the pause"), gettext_lazy("Give the first day of the pause."))
    until = _day(gettext_lazy("Last day of the pause"), gettext_lazy("Give the last day of the pause."))
    reason = _words(gettext_lazy("Reason"), help_text=_REASON_HINT)


class TimeAnswerForm(AccessibleForm):
    """The word of one State."""

    agrees = forms.ChoiceField(
        label=gettext_lazy("Does your State agree?"),
        choices=(("yes", gettext_lazy("Yes, it agrees")), ("no", gettext_lazy("No, the dates stay as they are"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether your State agrees.")},
    )
    note = _words(gettext_lazy("Note to the other States"), help_text=_REASON_HINT)

    def clean_agrees(self) -> bool:
        return self.cleaned_data["agrees"] == "yes"


class TimeRecordForm(AccessibleForm):
    """How the States agreed outside of the portal."""

    how = _words(
        gettext_lazy("How the States agreed"),
        help_text=gettext_lazy("For instance by notes verbales, with their numbers. All who take part can read it."),
    )
