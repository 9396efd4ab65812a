"""The form in which the written feedback of one State is brought in."""

from django import forms
from django.utils.translation import gettext_lazy

from core.documents.reading import ENDINGS, MOST_MEGABYTES
from core.language.i18n import UN_LANGUAGES
from reviews.bringing import SentForm


class FeedbackForm(SentForm):
    language = forms.ChoiceField(label=gettext_lazy("Language of the feedback"), choices=UN_LANGUAGES)
    endings = ENDINGS
    megabytes = MOST_MEGABYTES
    hint = gettext_lazy("Word (.docx) or Markdown (.md in UTF-8). At most %(megabytes)d MB.")
