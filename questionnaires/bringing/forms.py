"""The form in which the answers of one review are brought in."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.institution.facts import home_zone
from core.language.i18n import UN_LANGUAGES
from core.time.dates import latest_day
from reviews.bringing import UploadForm


class AnswersForm(UploadForm):
    sent_on = forms.DateField(
        label=gettext_lazy("Sent on"),
        help_text=gettext_lazy("The day on which the State had sent these answers."),
        error_messages={"required": gettext_lazy("Enter the day on which the answers were sent.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the answers"), choices=UN_LANGUAGES)
    field_order = ("sent_on", "language", "file")

    def __init__(self, *args: Any, opened_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened_on = opened_on

    def clean_sent_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["sent_on"]
        if day > latest_day(home_zone()):
            raise forms.ValidationError(_("This day lies ahead."))
        if day < self.opened_on:
            raise forms.ValidationError(_("This is before the review was opened."))
        return day
