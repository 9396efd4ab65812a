"""What the forms of the editor are made of. What is wrong with what is typed the services say, by field."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from core.errors import ServiceError
from core.language.text import clean_text, one_line
from core.web.forms import AccessibleForm, ErrorLink
from questionnaires.definitions import Citation, Footnote
from questionnaires.editing.changes.base import RefusedChangeError

_SPARE = 2  # empty rows for further references and footnotes
_MOST_ROWS = 60
PARAGRAPHS = gettext_lazy("Leave a blank line between paragraphs.")


def text_box(label: Any, *, rows: int, help_text: Any = "", required: bool = False) -> "CleanField":
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return CleanField(label=label, help_text=help_text, required=required, widget=widget, strip=False)


def line_box(label: Any, *, help_text: Any = "", required: bool = True) -> "CleanField":
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return CleanField(label=label, help_text=help_text, required=required, widget=widget)


class CleanField(forms.CharField):
    """Text as it is kept: composed letters, plain line ends, and nothing that nobody sees."""

    def clean(self, value: Any) -> str:
        try:
            text = clean_text(super().clean(value))
        except ServiceError as error:
            raise forms.ValidationError(str(error)) from error
        return text if isinstance(self.widget, forms.Textarea) else one_line(text)


def lines_of(text: str) -> tuple[str, ...]:
    """What stands in each line, without empty ones."""
    return tuple(line for line in map(one_line, text.split("\n")) if line)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """What stands between blank lines, each in one line."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return tuple(one_line(" ".join(block)) for block in blocks if block)


def in_paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(texts)


class DraftForm(AccessibleForm):
    """``seen``: what of the draft the page has shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def refuse(self, error: ServiceError) -> None:
        """Everything that is wrong, each by its field."""
        if not isinstance(error, RefusedChangeError):
            super().refuse(error)
            return
        for field, message in dict.fromkeys(error.problems):
            name = self.fields_of_service.get(field, field)
            self.add_error(name if name in self.fields else None, message)


class CitationForm(AccessibleForm):
    """One article that the words of an item refer to."""

    marks_optional_fields = False
    instrument = forms.ChoiceField(label=gettext_lazy("Instrument"), required=False)
    article = line_box(gettext_lazy("Article"), required=False)
    para = line_box(pgettext_lazy("of an article", "Paragraph"), required=False)

    def __init__(self, *args: Any, instruments: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [("", "–"), *instruments]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("instrument")) != bool(data.get("article")):
            missing = "article" if data.get("instrument") else "instrument"
            self.add_error(missing, _("A reference names an instrument and an article."))
        return data

    @property
    def value(self) -> Citation | None:
        data = self.cleaned_data
        if not data.get("article"):
            return None
        return Citation(data["instrument"], data["article"], data["para"] or None)


class FootnoteForm(AccessibleForm):
    marks_optional_fields = False
    mark = line_box(pgettext_lazy("of a footnote", "Mark"), required=False)
    text = text_box(gettext_lazy("Text of the footnote"), rows=2)

    @property
    def value(self) -> Footnote | None:
        """One that lacks its mark or its text is refused by the rules."""
        mark, text = self.cleaned_data["mark"], one_line(self.cleaned_data["text"])
        return Footnote(mark, text) if mark or text else None


class RowsForm(DraftForm):
    """A form with rows of other forms below it (``rows`` by the name of what they hold)."""

    def __init__(self, *args: Any, rows: dict[str, Any], initial: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        data = self.data if self.is_bound else None
        self.rows = {
            name: forms.formset_factory(form, extra=_SPARE, max_num=_MOST_ROWS)(
                data, prefix=name, initial=(initial or {}).get(name), form_kwargs=options
            )
            for name, (form, options) in rows.items()
        }

    def is_valid(self) -> bool:
        are_valid = all(formset.is_valid() for formset in self.rows.values())
        is_valid = super().is_valid()
        if is_valid and not are_valid:
            self.add_error(None, _("A reference or a footnote is not complete."))
        return is_valid and are_valid

    def values(self, name: str) -> tuple[Any, ...]:
        return tuple(form.value for form in self.rows[name].forms if form.cleaned_data and form.value is not None)

    @property
    def error_links(self) -> list[ErrorLink]:
        of_rows = [link for formset in self.rows.values() for form in formset.forms for link in form.error_links]
        return [*super().error_links, *of_rows]
