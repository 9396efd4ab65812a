import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people import OfficerField, officers
from accounts.people.models import User
from accounts.states import StateField, all_states, grouped_states
from accounts.states.models import StateParty
from core.templatetags.components import date_words
from core.web.forms import AccessibleForm
from reviews.cases import reviewing_bases
from reviews.cases.enums import ReviewingBasis
from reviews.opening.services.reviews import Reviewer
from reviews.programme import periods_of
from reviews.programme.models import Mechanism, PhasePeriod

_OF_BASIS = {
    ReviewingBasis.SAME_GROUP: ("same_group_1", "same_group_2"),
    ReviewingBasis.OTHER_GROUP: ("other_group_1", "other_group_2"),
}


class ReasonToBeginForm(AccessibleForm):
    """Why a phase is to begin all the same; asked for only where something speaks against it (``asks_why``)."""

    marks_optional_fields = False
    reason = forms.CharField(
        label=gettext_lazy("Why the phase is to begin all the same"),
        help_text=gettext_lazy("It stands in the record of acts."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,  # the service asks for it
    )

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["reason"]


class ReviewOpenForm(ReasonToBeginForm):
    """What the drawing of lots gave: the State under review and its reviewers, and when the review starts."""

    marks_optional_fields = True

    fields_of_service = {
        ReviewingBasis.SAME_GROUP: "same_group_1",
        ReviewingBasis.OTHER_GROUP: "other_group_1",
        "reviewers": "state_under_review",
    }

    # The fingerprint of what stood out on the page that is sent.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    period = forms.ChoiceField(
        label=gettext_lazy("Phase and group"), error_messages={"required": gettext_lazy("Choose a phase.")}
    )
    starts_on = forms.DateField(
        label=gettext_lazy("Starts on"),
        help_text=gettext_lazy(
            "Leave it empty for the first day of the phase. All indicative dates are counted from this day."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    state_under_review = StateField(
        label=gettext_lazy("State under review"),
        error_messages={"required": gettext_lazy("Choose the State under review.")},
    )
    same_group_1 = StateField(
        label=gettext_lazy("Reviewing State from the same regional group"),
        error_messages={"required": gettext_lazy("Choose a reviewing State from the same regional group.")},
    )
    same_group_2 = StateField(
        label=gettext_lazy("Second reviewing State from the same regional group"),
        help_text=gettext_lazy("Where the first is not party to every instrument."),
        required=False,
    )
    other_group_1 = StateField(
        label=gettext_lazy("Reviewing State from another regional group"),
        error_messages={"required": gettext_lazy("Choose a reviewing State from another regional group.")},
    )
    other_group_2 = StateField(
        label=gettext_lazy("Second reviewing State from another regional group"),
        help_text=gettext_lazy("Where the first is not party to every instrument."),
        required=False,
    )
    officer = OfficerField(
        label=gettext_lazy("Officer in charge"),
        help_text=gettext_lazy("Is reminded of what the secretariat owes in this review."),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, asks_why=True, **kwargs)
        self.bases = reviewing_bases(mechanism)
        for basis in set(ReviewingBasis) - set(self.bases):
            for name in _OF_BASIS[basis]:
                del self.fields[name]
        self.periods = {str(period.pk): period for period in periods_of(mechanism)}
        self.fields["period"].choices = [("", _("Choose…"))] + [  # type: ignore[attr-defined]
            (key, _describe(period)) for key, period in self.periods.items()
        ]
        self.fields["officer"].queryset = officers()  # type: ignore[attr-defined]
        choices, states = grouped_states(), {state.iso3: state for state in all_states()}
        for name in self.names_of_states:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].states = states  # type: ignore[attr-defined]

    def clean_period(self) -> PhasePeriod:
        return self.periods[self.cleaned_data["period"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[StateParty] = set()
        for name in self.names_of_states:
            state = cleaned.get(name)
            if state is not None and state in seen:
                self.add_error(name, _("%(state)s is named twice.") % {"state": state})
            elif state is not None:
                seen.add(state)
        return cleaned

    @property
    def names_of_states(self) -> list[str]:
        """The fields that name a State; those of reviewing States are those of the bases that the mechanism has."""
        return ["state_under_review", *(name for basis in self.bases for name in _OF_BASIS[basis])]

    @property
    def states(self) -> list[Any]:
        return [self[name] for name in self.names_of_states]

    @property
    def starting_day(self) -> dt.date:
        """The day given, or the first of the period (after validation)."""
        first: dt.date = self.cleaned_data["period"].period.lower
        return self.cleaned_data["starts_on"] or first

    def reviewers(self) -> list[Reviewer]:
        """The reviewing States (after validation)."""
        chosen = [(basis, self.cleaned_data[name]) for basis in self.bases for name in _OF_BASIS[basis]]
        return [Reviewer(state, basis) for basis, state in chosen if state is not None]


def _describe(period: PhasePeriod) -> str:
    return _("Phase %(phase)s (cluster %(cluster)s), group %(group)s: from %(first)s") % {
        "phase": period.phase.number,
        "cluster": period.phase.cluster.roman,
        "group": period.review_group.number,
        "first": date_words(period.period.lower),
    }
