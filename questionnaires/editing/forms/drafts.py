"""A draft as a whole: begun, discarded, published, brought in, translated."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.language.i18n import UN_LANGUAGES, isolated
from core.language.text import one_line
from core.web.forms import AccessibleForm
from questionnaires.editing.forms.base import DraftForm, line_box, text_box


class StartForm(AccessibleForm):
    """An empty questionnaire."""

    title = line_box(gettext_lazy("Title"))
    source = line_box(
        gettext_lazy("Source"),
        help_text=gettext_lazy("The decision that it comes from, such as the symbol of a resolution."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the official text"), choices=UN_LANGUAGES, initial="en"
    )


class DiscardForm(AccessibleForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DraftPublishForm(AccessibleForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class FileForm(AccessibleForm):
    """A file of the portal's own format. ``packed``: what was read, signed; ``revision``: of the draft as shown."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A .json file of this portal, as the button “Download” gives it."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    packed = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TranslationForm(DraftForm):
    """A box for each text of a page, in the order of the texts."""

    marks_optional_fields = False

    def __init__(self, *args: Any, texts: Sequence[str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for number, text in enumerate(texts):
            rows = 1 + len(text) // 60
            field = text_box(str(number + 1), rows=min(rows, 12))
            field.widget.attrs |= {
                "lang": language,
                "aria-label": _("Translation of “%(text)s”") % {"text": isolated(text[:80])},
            }
            self.fields[f"{number}-text"] = field

    @property
    def given(self) -> dict[str, str]:
        return {text: one_line(self.cleaned_data[f"{number}-text"]) for number, text in enumerate(self.texts)}
