"""The form in which a text is brought in on which States agreed elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy

from core.documents.reading import ENDINGS, MOST_MEGABYTES
from core.language.i18n import UN_LANGUAGES
from reviews.bringing import SentForm


class SentTextForm(SentForm):
    sent_on = forms.DateField(
        label=gettext_lazy("Agreed on"),
        help_text=gettext_lazy("The day on which the last of the States agreed on this text."),
        error_messages={"required": gettext_lazy("Enter the day on which the text was agreed.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=UN_LANGUAGES)
    endings = ENDINGS
    megabytes = MOST_MEGABYTES
    hint = gettext_lazy("Word (.docx) or Markdown (.md in UTF-8). At most %(megabytes)d MB.")

    def agreed_words(self) -> dict[str, str]:
        """The day and the language, as they are kept with the file."""
        sent = self.sent_words()
        return {"language": sent["language"], "agreed_on": sent["sent_on"]}
