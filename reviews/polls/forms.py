"""Forms of polls: to name times, to answer, to pick one, and to withdraw."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from core.time.time_zones import zone_choices
from reviews.drafts import ShownForm
from reviews.meetings import InvitationForm
from reviews.polls.enums import SlotWord
from reviews.polls.models import FEWEST, MOST
from reviews.polls.selectors import SlotWords
from reviews.polls.services import PollInput
from reviews.templatetags.meetings import when_here, when_there

_TOO_FEW = {"required": gettext_lazy("Name at least two times, each with its day.")}


class PollForm(ShownForm):
    """Several times, each a day and a local time; lines that are empty are left out. The service says what is wrong."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # As an invitation asks for them.
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The times above are by its clocks. The pages show everybody his or her own as well."),
        choices=lambda: [("", ""), *zone_choices()],
        error_messages=InvitationForm.base_fields["time_zone"].error_messages,
        widget=forms.Select(attrs={"dir": "auto"}),
    )
    minutes = InvitationForm.base_fields["minutes"]
    means = InvitationForm.base_fields["means"]
    place = InvitationForm.base_fields["place"]
    agenda = InvitationForm.base_fields["agenda"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: dict[str, forms.Field] = {}
        for number in range(1, MOST + 1):
            lines |= {f"day_{number}": _day(number), f"at_{number}": _at(number)}
        hidden = {name: field for name, field in self.fields.items() if field.widget.is_hidden}
        shown = {name: field for name, field in self.fields.items() if not field.widget.is_hidden}
        self.fields = {**hidden, **lines, **shown}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in range(1, MOST + 1):
            day, at = (f"{name}_{number}" for name in ("day", "at"))
            if given.get(day) and not given.get(at) and at not in self.errors:
                self.add_error(at, _("Give the time at which the meeting would begin on this day."))
            if given.get(at) and not given.get(day) and day not in self.errors:
                self.add_error(day, _("Give the day of this time."))
        return given

    @property
    def given(self) -> PollInput:
        """What the service takes (after validation)."""
        data = self.cleaned_data
        lines = [(number, data.get(f"day_{number}"), data.get(f"at_{number}")) for number in range(1, MOST + 1)]
        times = [(number, day, _to_minute(at)) for number, day, at in lines if day is not None and at is not None]
        return PollInput(times, *(data[name] for name in ("time_zone", "minutes", "means", "place", "agenda")))


def _to_minute(at: dt.time) -> dt.time:
    return at.replace(second=0, microsecond=0)


def _day(number: int) -> forms.DateField:
    attrs = {"type": "date", "class": "govuk-input--width-10", "min": timezone.localdate().isoformat()}
    label, widget = _("Time %(number)d: day") % {"number": number}, forms.DateInput(attrs=attrs, format="%Y-%m-%d")
    return forms.DateField(label=label, required=number <= FEWEST, widget=widget, error_messages=_TOO_FEW)


def _at(number: int) -> forms.TimeField:
    attrs = {"type": "time", "class": "govuk-input--width-10"}
    label, widget = _("Time %(number)d: local time") % {"number": number}, forms.TimeInput(attrs=attrs, format="%H:%M")
    return forms.TimeField(label=label, required=number <= FEWEST, widget=widget, error_messages=_TOO_FEW)


class PollAnswerForm(ShownForm):
    """The words of one State on the times of the revision ``base``; ``said``: its answer that the page has shown."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    said = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=gettext_lazy("A word on these times"),
        help_text=gettext_lazy("All who take part for a State in this review can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, slots: list[SlotWords], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields.pop("note")
        for each in slots:
            self.fields[f"word_{each.slot.number}"] = forms.ChoiceField(
                label=when_there(each.slot),
                help_text=_("In your time zone: %(time)s") % {"time": here} if (here := when_here(each.slot)) else "",
                choices=SlotWord.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether this time suits your State.")},
            )
        self.fields["note"] = note
        self._numbers = [each.slot.number for each in slots]

    @property
    def words(self) -> list[str]:
        return [self.cleaned_data[f"word_{number}"] for number in self._numbers]


class PickForm(ShownForm):
    """One of the times of the revision ``base``; ``standing``: the answers that the page has shown."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    standing = forms.CharField(widget=forms.HiddenInput, required=False)
    slot = forms.TypedChoiceField(
        label=gettext_lazy("Which time is it to be?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pick one of the times.")},
    )

    def __init__(self, *args: Any, slots: list[SlotWords], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_slots = [each for each in slots if not each.slot.is_over]
        self.fields["slot"].choices = [(each.slot.number, _tally(each)) for each in open_slots]  # type: ignore[attr-defined]


def _tally(each: SlotWords) -> str:
    """ "Monday, 7 December 2026, 10:00–11:30 (Vienna): yes 2, if need be 1, no 0"."""
    facts = {"time": when_there(each.slot), **{word.value: each.count(word) for word in SlotWord}}
    return _("%(time)s: yes %(yes)d, if need be %(if_need_be)d, no %(no)d") % facts


class WithdrawPollForm(ShownForm):
    """The poll as it was at the revision ``base``."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
