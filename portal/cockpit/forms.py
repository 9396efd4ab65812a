"""Forms of the secretariat's cockpit."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people import officers
from accounts.people.models import User
from accounts.states import regional_groups
from core.language.i18n import UN_LANGUAGES, isolated
from core.web.forms import AccessibleForm, FilterForm
from portal.cockpit.enums import BulkKind
from portal.cockpit.selectors import cockpit
from portal.cockpit.selectors.bulk import Terms
from reviews.cases import LATER, at_step, matching, next_milestone_of, overdue, owing, reviews_of_mechanism
from reviews.cases.models import Review
from reviews.programme import phases_of, steps_of
from reviews.programme.enums import StepOwner
from reviews.programme.models import Mechanism

_ALL = ("", _("All"))


class CockpitFilterForm(FilterForm):
    """What the cockpit shows; every part may be left open, and what makes no sense is left out."""

    q = forms.CharField(
        label=_("State or code"), required=False, max_length=100, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    group = forms.ChoiceField(label=_("Review group"), required=False)
    step = forms.ChoiceField(label=_("Step"), required=False)
    owner = forms.ChoiceField(
        label=_("Next act owed by"), required=False, choices=[("", _("Anybody")), *StepOwner.choices]
    )
    officer = forms.ChoiceField(label=_("Officer in charge"), required=False)
    region = forms.ChoiceField(label=_("Regional group"), required=False)
    instrument = forms.ChoiceField(label=_("Instrument"), required=False)
    language = forms.ChoiceField(label=_("Working language"), required=False, choices=[_ALL, *UN_LANGUAGES])
    overdue = forms.BooleanField(label=_("Past the indicative date"), required=False)

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(each.pk), isolated(each.full_name)) for each in officers().order_by("full_name")]
        choices = {
            "phase": [(str(each.number), str(each.number)) for each in phases_of(mechanism)],
            "group": [(str(each.number), str(each.number)) for each in mechanism.review_groups.all()],
            "step": [(LATER, _("Not begun yet")), *((each.slug, each.name) for each in steps_of(mechanism))],
            "region": [(each.slug, each.name) for each in regional_groups()],
            "instrument": [(each.slug, each.short_name) for each in cockpit.instruments_reviewed(mechanism)],
            "officer": [(cockpit.ME, _("Myself")), (cockpit.NOBODY, _("Nobody yet")), *people],
        }
        for name, values in choices.items():
            self.fields[name].choices = [_ALL, *values]  # type: ignore[attr-defined, misc]
        self.people, self.mechanism = dict(people), mechanism

    def reviews_for(self, user: User, now: dt.datetime) -> QuerySet[Review]:
        """What the filter leaves of the reviews that a reader sees (after validation), with ``next_due_on``."""
        reviews = reviews_of_mechanism(user, self.mechanism)
        return self.narrow(reviews.annotate(next_due_on=next_milestone_of("due_on")), user, now)

    def narrow(self, reviews: QuerySet[Review], user: User, now: dt.datetime) -> QuerySet[Review]:
        """Apply what was chosen (after validation) to ``with_next_act`` reviews."""
        chosen = self.cleaned_data
        columns = {
            "phase": "phase__number",
            "group": "review_group__number",
            "region": "state_under_review__regional_group__slug",
        }
        reviews = reviews.filter(**{column: chosen[name] for name, column in columns.items() if chosen.get(name)})
        if step := chosen.get("step"):
            reviews = at_step(reviews, step, timezone.localdate(now))
        if text := chosen.get("q"):
            reviews = matching(reviews, text)
        if language := chosen.get("language"):
            reviews = reviews.filter(working_languages__contains=[language])
        if instrument := chosen.get("instrument"):
            reviews = cockpit.of_instrument(reviews, instrument)
        if officer := chosen.get("officer"):
            reviews = cockpit.of_officer(reviews, officer, user)
        if owner := chosen.get("owner"):
            reviews = owing(reviews, StepOwner(owner))
        if chosen.get("overdue"):
            reviews = overdue(reviews, now)
        return reviews

    @property
    def chosen(self) -> dict[str, str]:
        """The parts of the filter that say something, as they stand in an address."""
        values = {name: self.cleaned_data.get(name) for name in self.fields}
        return {name: "on" if value is True else str(value) for name, value in values.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.chosen)

    @property
    def words(self) -> list[tuple[str, str]]:
        """What was chosen in the reader's words: the label of each part, and its value."""
        words = []
        for name, value in self.chosen.items():
            field = self.fields[name]
            choices = dict(getattr(field, "choices", []))
            words.append((str(field.label), "" if value == "on" else str(choices.get(value, value))))
        return words


class BulkActForm(AccessibleForm):
    """Which act is done to the chosen reviews; what an extension needs is asked for on a page of its own."""

    marks_optional_fields = False

    kind = forms.ChoiceField(label=_("Act on the chosen reviews"), choices=BulkKind.choices)
    officer = forms.ChoiceField(label=_("Officer to put in charge"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in officers().order_by("full_name")}
        choices = [(key, isolated(each.full_name)) for key, each in self.people.items()]
        self.fields["officer"].choices = [("", _("Only for this act")), *choices]  # type: ignore[attr-defined]

    @property
    def terms(self) -> Terms:
        """What was given with the act (after validation)."""
        return Terms(officer=self.people.get(self.cleaned_data["officer"]))


class BulkOfficerForm(BulkActForm):
    """Whom to put in charge, asked for once more where nobody was chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget = forms.HiddenInput()


class BulkExtensionForm(AccessibleForm):
    """How much more time is asked for, and why."""

    marks_optional_fields = False

    kind = forms.CharField(widget=forms.HiddenInput)
    days = forms.IntegerField(
        label=_("Days more"),
        help_text=_("Calendar days from the present date of each milestone."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": _("Give the days as a whole number.")},
    )
    until = forms.DateField(
        label=_("Or one date for all"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("All who take part in the reviews can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    @property
    def terms(self) -> Terms:
        """What was given (after validation); whether it is enough the service says."""
        given = self.cleaned_data
        return Terms(days=given["days"], until=given["until"], reason=given["reason"])


class SavedViewForm(AccessibleForm):
    """The name of a view, who sees it, and whether the cockpit opens with it."""

    name = forms.CharField(label=_("Name of the view"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    is_shared = forms.BooleanField(label=_("Share it with the secretariat"), required=False)
    is_default = forms.BooleanField(label=_("Open the cockpit with this view"), required=False)
    marks_optional_fields = False
