"""A draft as a whole: begun, discarded, published, brought in, translated."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.hashes import text_hash
from core.language.i18n import UN_LANGUAGES, isolated
from core.language.text import one_line
from core.web.forms import AccessibleForm
from questionnaires.editing.forms.base import DraftForm, line_box, text_box

_BOX = "-text"  # behind the hash of a text, in the name of the box for its translation (core.web.unsaved_input)


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
    revision = forms.CharField(widget=forms.HiddenInput)


class DraftPublishForm(AccessibleForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class WordForm(AccessibleForm):
    """In which languages a document is made."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    beside = forms.ChoiceField(
        label=gettext_lazy("A second language beside it"),
        help_text=gettext_lazy("In a column of its own, for whoever translates."),
        required=False,
    )

    def __init__(self, *args: Any, languages: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["language"].choices = languages
        choices["beside"].choices = [("", _("None")), *languages]

    def clean_beside(self) -> str:
        beside: str = self.cleaned_data["beside"]
        if beside and beside == self.cleaned_data.get("language"):
            raise forms.ValidationError(_("Choose another language than the first."))
        return beside


class FileForm(AccessibleForm):
    """A file of the portal's own format, an XLSForm, or a Word document.

    ``packed``: what was read, signed; ``revision``: of the draft as shown.
    """

    marks_optional_fields = False  # the file is needed, but for one that was read before

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A .json file of this portal, as the button “Download” gives it, an XLSForm (.xlsx), or a Word document "
            "(.docx) that the portal has made."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,application/json,.xlsx,.docx"}),
    )
    packed = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.CharField(widget=forms.HiddenInput, required=False)


class TranslationForm(DraftForm):
    """A box for each text of a page, named by the text: what is typed stays with its words, wherever they stand.

    A form that is sent after a colleague's change may lack boxes (these texts are new: their translations stay), and
    may have some whose texts are gone (``left_over``).
    """

    marks_optional_fields = False

    def __init__(self, *args: Any, texts: Sequence[str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for number, text in enumerate(texts, start=1):
            rows = 1 + len(text) // 60
            field = text_box(str(number), rows=min(rows, 12))
            field.widget.attrs |= {
                "lang": language,
                "aria-label": _("Translation of “%(text)s”") % {"text": isolated(text[:80])},
            }
            self.fields[box_name(text)] = field
        if self.is_bound:
            absent = [name for name in map(box_name, texts) if name not in self.data]
            self.carry(**{name: self.initial.get(name, "") for name in absent})

    @property
    def given(self) -> dict[str, str]:
        return {text: one_line(self.cleaned_data[box_name(text)]) for text in self.texts}

    @property
    def left_over(self) -> list[str]:
        """What was typed for words that are not on the page any more."""
        names = [name for name in self.data if name.endswith(_BOX) and name not in self.fields]
        return [self.data[name] for name in names if self.data[name].strip()]


def box_name(text: str) -> str:
    return f"{text_hash(text)[:16]}{_BOX}"
