"""The form in which the answers of one review are brought in."""

from django import forms
from django.utils.translation import gettext_lazy

from core.language.i18n import UN_LANGUAGES
from reviews.bringing import SentForm


class AnswersForm(SentForm):
    language = forms.ChoiceField(label=gettext_lazy("Language of the answers"), choices=UN_LANGUAGES)
