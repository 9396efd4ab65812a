"""Forms about one's own reminders, about those of a day to come, and of the rules."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people import officers
from accounts.people.models import User
from accounts.states import StateField, grouped_states
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.language.i18n import isolated
from core.web.forms import AccessibleForm, FilterForm
from portal.reminders.preview import FARTHEST, Narrowing
from portal.reminders.upcoming import in_words
from reviews.reminders import RuleSet, check_rules
from reviews.reminders.enums import ReminderAudience
from reviews.reminders.models import ReminderRule

LATER, COLLEAGUE, AS_PLANNED = "later", "colleague", "as_planned"


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d")


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=day_input(), **options)


def _choices(people: list[User], empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((str(person.pk), isolated(person.full_name)) for person in people)]


class HourForm(AccessibleForm):
    hour = forms.ChoiceField(label=gettext_lazy("From which hour of the day"), required=False)

    def __init__(self, *args: Any, default: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = _("As the rules say (%(hour)s)") % {"hour": f"{default:02d}:00"}
        self.fields["hour"].choices = [("", usual), *((str(hour), f"{hour:02d}:00") for hour in range(24))]  # type: ignore[attr-defined]

    def clean_hour(self) -> int | None:
        value = self.cleaned_data["hour"]
        return int(value) if value else None


class ReminderChoiceForm(AccessibleForm):
    """``people``: the colleagues to whom the reminders of this act can be handed."""

    choice = forms.ChoiceField(label=gettext_lazy("What shall happen to your reminders of this act?"))
    until = _day(gettext_lazy("Not before"), required=False)
    colleague = forms.ChoiceField(label=gettext_lazy("Colleague"), required=False)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        ways = [
            (LATER, _("Remind me later")),
            (COLLEAGUE, _("Remind a colleague")),
            (AS_PLANNED, _("Remind me as planned")),
        ]
        choice: Any = self.fields["choice"]
        choice.widget = forms.RadioSelect()
        choice.choices = [way for way in ways if people or way[0] != COLLEAGUE]
        choice.error_messages["required"] = _("Choose what shall happen.")
        if people:
            self.fields["colleague"].choices = _choices(people, _("Choose…"))  # type: ignore[attr-defined]
        else:
            del self.fields["colleague"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("choice") == LATER and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the day until which you want to hear nothing."))
        if cleaned.get("choice") == COLLEAGUE and not cleaned.get("colleague"):
            self.add_error("colleague", _("Choose the colleague."))
        return cleaned

    @property
    def chosen_colleague(self) -> User:
        return self.people[self.cleaned_data["colleague"]]

    @property
    def chosen_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        return day


class AbsenceForm(AccessibleForm):
    starts_on = _day(gettext_lazy("First day"), error_messages={"required": gettext_lazy("Give the first day.")})
    ends_on = _day(gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Give the last day.")})
    deputy = forms.ChoiceField(
        label=gettext_lazy("Who takes over"),
        required=False,
        help_text=gettext_lazy(
            "Gets your reminders of the reviews in which you both take part for your State. Colleagues see it."
        ),
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["deputy"].choices = _choices(people, _("Nobody"))  # type: ignore[attr-defined]

    def clean_deputy(self) -> User | None:
        return self.people.get(self.cleaned_data["deputy"])


class PreviewForm(FilterForm):
    """Which day is looked at, and what of it: ``rules`` in force, and the reviews of one officer."""

    day = _day(gettext_lazy("Day"), error_messages={"invalid": gettext_lazy("This is no day of the calendar.")})
    rule = forms.ChoiceField(label=gettext_lazy("Rule"), required=False)
    officer = forms.ChoiceField(label=gettext_lazy("Officer in charge"), required=False)
    state = StateField(label=gettext_lazy("Written to for the State"), required=False)

    def __init__(self, *args: Any, rules: Iterable[ReminderRule], states: Iterable[StateParty], today: dt.date) -> None:
        super().__init__(*args)
        self.today = today
        self.officers = {str(each.pk): each for each in officers().order_by("full_name")}
        every: Any = [("", _("All"))]
        pairs = [(row.audience, row.days) for row in rules]  # in the order of ``in_words``
        choices = {
            "rule": [
                (f"{audience}:{days}", words) for (audience, days), words in zip(pairs, in_words(pairs), strict=True)
            ],
            "officer": [(key, isolated(each.full_name)) for key, each in self.officers.items()],
            "state": grouped_states()[1:],
        }
        for name, rows in choices.items():
            self.fields[name].choices = every + rows  # type: ignore[attr-defined]
        self.fields["state"].states = {state.iso3: state for state in states}  # type: ignore[attr-defined]

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if not self.today <= day <= self.today + FARTHEST:
            raise forms.ValidationError(_("Choose a day from today, at most 30 days ahead."))
        return day

    @property
    def narrowing(self) -> Narrowing:
        """What was chosen (after validation)."""
        given = self.cleaned_data
        audience, _colon, days = given["rule"].partition(":")
        officer, state = self.officers.get(given["officer"]), given["state"]
        return Narrowing(
            audience=audience,
            days=int(days) if days else None,
            officer=officer.pk if officer else None,
            state=state.pk if state else None,
        )


_NUMBER = re.compile(r"[+-]?\d{1,3}")
# What people type for a minus and a comma, and marks of direction that come along with a copy.
_PLAIN = str.maketrans("\u2212\u2013\u060c\u061b;", "--,,,", "\u200e\u200f\u061c\u2066\u2067\u2068\u2069")


class ReminderRulesForm(AccessibleForm):
    """For each audience the days on which it is written to; ``shown`` are the rules that the writer was shown.

    ``wanted`` is what was given (after validation). Where it ``is_final`` the days are unseen, and why is asked.
    """

    marks_optional_fields = False

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why the rules are changed"),
        help_text=gettext_lazy("It stands in the record of acts, and beside each rule that is new."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
    )

    def __init__(self, *args: Any, is_final: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted: RuleSet = frozenset()
        for audience in ReminderAudience:
            field = forms.CharField(label=audience.label, required=False, max_length=200)
            field.widget = forms.HiddenInput() if is_final else _DaysInput()
            self.fields[audience] = field
        if not is_final:
            self.fields["reason"].widget = forms.HiddenInput()

    @staticmethod
    def values_of(rules: RuleSet, *, base: RuleSet) -> dict[str, str]:
        """What the fields hold where ``rules`` are wanted in place of ``base``."""
        values = {
            str(audience): ", ".join(str(days) for each, days in sorted(rules) if each == audience)
            for audience in ReminderAudience
        }
        return values | {"base": " ".join(f"{audience}:{days}" for audience, days in sorted(base))}

    @property
    def shown(self) -> RuleSet:
        """What no page of ours has written agrees with no rules but none at all."""
        pairs = (word.partition(":") for word in self.cleaned_data.get("base", "").split())
        return frozenset((audience, int(days)) for audience, _colon, days in pairs if _NUMBER.fullmatch(days))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.wanted = frozenset(
            (str(audience), days) for audience in ReminderAudience for days in self._days(audience, cleaned)
        )
        if not self.errors:
            try:
                check_rules(self.wanted)
            except ServiceError as error:
                self.refuse(error)
        return cleaned

    def _days(self, audience: ReminderAudience, cleaned: dict[str, Any]) -> set[int]:
        found: set[int] = set()
        words = [word.strip() for word in cleaned.get(audience, "").translate(_PLAIN).split(",")]
        for word in filter(None, words):
            if not _NUMBER.fullmatch(word):
                problem = _("“%(word)s” is no whole number of days. Separate the days by commas, such as -14, 0, 7.")
                self.add_error(audience, problem % {"word": isolated(word)})
            elif int(word) in found:
                self.add_error(audience, _("%(days)d stands there twice.") % {"days": int(word)})
            else:
                found.add(int(word))
        return found


class _DaysInput(forms.TextInput):
    def __init__(self) -> None:
        super().__init__(attrs={"class": "govuk-input--width-20", "dir": "ltr", "autocomplete": "off"})
