import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.web.forms import FilterForm
from reviews.cases.models import Review
from reviews.cases.selectors import lists
from reviews.cases.selectors.reviews import overdue
from reviews.programme import phases_of, steps_of
from reviews.programme.enums import StepOwner
from reviews.programme.models import Mechanism

SORT_KEYS = ("state", "phase", "step", "due")


class ReviewFilterForm(FilterForm):
    """What to show of a list; every part may be left open, and what makes no sense is left out."""

    q = forms.CharField(
        label=_("State or code"), required=False, max_length=100, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False)
    owner = forms.ChoiceField(
        label=_("Next act owed by"), required=False, choices=[("", _("Anybody")), *StepOwner.choices]
    )
    overdue = forms.BooleanField(label=_("Past the indicative date"), required=False)

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = [(str(phase.number), str(phase.number)) for phase in phases_of(mechanism)]
        steps = [(lists.LATER, _("Not begun yet")), *((step.slug, step.name) for step in steps_of(mechanism))]
        self.fields["phase"].choices = [("", _("All")), *phases]  # type: ignore[attr-defined]
        self.fields["step"].choices = [("", _("All")), *steps]  # type: ignore[attr-defined]

    def narrow(self, reviews: QuerySet[Review], now: dt.datetime) -> QuerySet[Review]:
        """Apply what was chosen (after validation) to ``with_next_act`` reviews."""
        chosen = self.cleaned_data
        if text := chosen.get("q"):
            reviews = lists.matching(reviews, text)
        if phase := chosen.get("phase"):
            reviews = reviews.filter(phase__number=phase)
        if step := chosen.get("step"):
            reviews = lists.at_step(reviews, step, timezone.localdate(now))
        if owner := chosen.get("owner"):
            reviews = lists.owing(reviews, StepOwner(owner))
        if chosen.get("overdue"):
            reviews = overdue(reviews, now)
        return reviews
