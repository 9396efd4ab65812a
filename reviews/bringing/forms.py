"""Forms by which files are brought in, decided, and answered by the State."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.institution.facts import home_zone
from core.language.i18n import UN_LANGUAGES
from core.time.dates import latest_day
from core.web.forms import AccessibleForm, Read, UploadForm
from reviews.bringing.enums import StateWord


class BroughtFileForm(UploadForm):
    """``read`` gives rows with the ``problems`` of each."""

    def __init__(self, *args: Any, read: Read, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read

    @property
    def wrong(self) -> list[Any]:
        return [row for row in self.rows if row.problems]


class SentForm(BroughtFileForm):
    """The file of something that a State had sent, with the day and the language; not before ``opened_on``."""

    sent_on = forms.DateField(
        label=gettext_lazy("Sent on"),
        help_text=gettext_lazy("The day on which the State had sent this."),
        error_messages={"required": gettext_lazy("Enter the day on which this was sent.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=UN_LANGUAGES)
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

    def sent_words(self) -> dict[str, str]:
        """The day and the language, as they are kept with the file."""
        return {"language": self.cleaned_data["language"], "sent_on": self.cleaned_data["sent_on"].isoformat()}


class FileAsideForm(AccessibleForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it set aside?"),
        help_text=gettext_lazy("The officer who has brought it in reads this."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why it is set aside.")},
    )


class StateWordForm(AccessibleForm):
    word = forms.ChoiceField(
        label=gettext_lazy("What does your State say?"),
        choices=[
            (StateWord.CONFIRMED.value, gettext_lazy("It is right: our State confirms it")),
            (StateWord.OBJECTED.value, gettext_lazy("Something is wrong with it: our State objects")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what your State says.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What is wrong with it?"),
        help_text=gettext_lazy("Only where your State objects. All who take part in the review read it, and officers."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
