"""Forms of meetings: to invite, to answer, to cancel, and to record one that was held."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from core.language.i18n import isolated
from core.time.time_zones import zone_choices
from reviews.cases.models import Participation
from reviews.drafts import ShownForm
from reviews.meetings.enums import MeetingMeans
from reviews.meetings.services import MeetingInput


class InvitationForm(ShownForm):
    """When and how the experts are to meet. What is wrong with it the service says, by field."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Give the day of the meeting.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    at = forms.TimeField(
        label=gettext_lazy("Local time"),
        help_text=gettext_lazy("By the clocks of the time zone below, for instance 14:30."),
        error_messages={"required": gettext_lazy("Give the time at which the meeting begins.")},
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input--width-10"}, format="%H:%M"),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The pages show everybody the time in his or her own zone as well."),
        choices=lambda: [("", ""), *zone_choices()],
        error_messages={
            "required": gettext_lazy("Choose a time zone from the list."),
            "invalid_choice": gettext_lazy("Choose a time zone from the list."),
        },
        widget=forms.Select(attrs={"dir": "auto"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Duration in minutes"),
        error_messages={
            "required": gettext_lazy("Say how long the meeting lasts."),
            "invalid": gettext_lazy("Give the duration as a number of minutes."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4", "dir": "ltr"}),
    )
    means = forms.ChoiceField(
        label=gettext_lazy("Means"),
        choices=MeetingMeans.choices,
        error_messages={"required": gettext_lazy("Choose how the meeting will be held.")},
        widget=forms.RadioSelect,
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("For a meeting in person: where the experts meet."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    link = forms.CharField(
        label=gettext_lazy("Link"),
        help_text=gettext_lazy("Where one joins the meeting. It can be added later. No mail and no calendar holds it."),
        required=False,
        widget=forms.TextInput(attrs={"type": "url", "dir": "ltr", "autocomplete": "off"}),
    )
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"),
        help_text=gettext_lazy("In a few words. All who take part for a State in this review can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["min"] = timezone.localdate().isoformat()

    @property
    def given(self) -> MeetingInput:
        """What the service takes (after validation)."""
        data = dict(self.cleaned_data)
        del data["base"], data["shown"]
        at: dt.time = data["at"]
        return MeetingInput(**data | {"at": at.replace(second=0, microsecond=0)})


class MeetingAnswerForm(ShownForm):
    """The word of one State on the revision ``base`` of an invitation."""

    marks_optional_fields = False

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    agrees = forms.ChoiceField(
        label=gettext_lazy("Does your State agree to this time?"),
        choices=(("yes", gettext_lazy("Yes, we take part")), ("no", gettext_lazy("No, another time is needed"))),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether your State agrees.")},
    )
    note = forms.CharField(
        label=gettext_lazy("A word why"),
        help_text=gettext_lazy("With a no it is needed: say when it would suit you. All who take part can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean_agrees(self) -> bool:
        return self.cleaned_data["agrees"] == "yes"


class MeetingCancelForm(ShownForm):
    """Why a meeting is given up, as it was at the revision ``base``."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("All who take part in the review can read it."),
        error_messages={"required": gettext_lazy("Say why the meeting is cancelled.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class MeetingForm(ShownForm):
    """A meeting that was held; those who take part in the review are offered by State."""

    held_on = forms.DateField(
        label=gettext_lazy("Held on"),
        error_messages={"required": gettext_lazy("Give the day of the meeting.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    means = forms.ChoiceField(
        label=gettext_lazy("Means"),
        choices=MeetingMeans.choices,
        error_messages={"required": gettext_lazy("Choose how the meeting was held.")},
        widget=forms.RadioSelect,
    )
    participants = forms.MultipleChoiceField(
        label=gettext_lazy("Who took part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=gettext_lazy("Others who took part"),
        help_text=gettext_lazy("Interpreters, staff of the secretariat, people who do not take part in the review."),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    subject = forms.CharField(
        label=gettext_lazy("What was talked about"),
        help_text=gettext_lazy("In a few words. All who take part for a State in this review can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, participations: Sequence[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participations = {str(row.pk): row for row in participations}
        self.fields["participants"].choices = [  # type: ignore[attr-defined]
            (state.name, [(str(row.pk), _describe(row)) for row in rows])
            for state, rows in groupby(participations, key=lambda row: row.state_party)
        ]
        self.fields["held_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_participants(self) -> list[Participation]:
        return [self.participations[key] for key in self.cleaned_data["participants"]]


def _describe(row: Participation) -> str:
    return _("%(person)s, %(role)s") % {"person": isolated(str(row.user)), "role": row.get_role_display()}
