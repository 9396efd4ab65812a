"""The form in which the answers of one review are brought in."""

from django import forms
from django.utils.translation import gettext_lazy

from core.documents.reading import MOST_MEGABYTES
from core.files.spreadsheet_reading import ENDINGS
from core.language.i18n import UN_LANGUAGES
from questionnaires.bringing.sheet import WORD
from reviews.bringing import SentForm


class AnswersForm(SentForm):
    language = forms.ChoiceField(label=gettext_lazy("Language of the answers"), choices=UN_LANGUAGES)
    endings = (*ENDINGS, WORD)
    megabytes = MOST_MEGABYTES
    hint = gettext_lazy(
        "The template, filled in: .xlsx, or .csv in UTF-8 or UTF-16, of at most 2 MB; or .docx of at most "
        "%(megabytes)d MB."
    )
