"""Forms about one's own reminders."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core.language.i18n import isolated
from core.web.forms import AccessibleForm

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
