"""Forms of the languages of a version."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm


class ProposeLanguagesForm(AccessibleForm):
    """``sha256``: that of the version, ``base``: that of the languages agreed or proposed last, as they were shown."""

    marks_optional_fields = False

    languages = forms.MultipleChoiceField(
        label=_("In which languages, beside its own, is the text agreed?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: the authentic text alone is agreed, as it is without such a choice."),
    )
    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]


class AgreeLanguagesForm(AccessibleForm):
    """``sha256``: that of the languages that the page has shown."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
