"""Forms of answers that leave as a file and come back as one."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.documents.reading import MOST_MEGABYTES
from core.files.spreadsheet_reading import ENDINGS
from core.web.forms import AccessibleForm, UploadForm
from questionnaires.bringing import WORD, AnswerRow

OFFICIAL = "official"
XLSX_FILE, DOCX_FILE = "xlsx", "docx"
Choices = Sequence[tuple[str, Any]]


class AnswersOutForm(AccessibleForm):
    """``of``: what goes into the file; ``kind``: of which kind it is."""

    marks_optional_fields = False

    of = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=[(DOCX_FILE, gettext_lazy("Word")), (XLSX_FILE, gettext_lazy("Excel"))],
        initial=DOCX_FILE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = parts  # type: ignore[attr-defined]


class AnswersBackForm(UploadForm):
    """A file that came back; nothing of it is kept before it is confirmed. ``into``: whose answers it holds."""

    into = forms.ChoiceField(
        label=gettext_lazy("Whose answers does the file hold?"),
        help_text=gettext_lazy(
            "What a ministry has sent becomes its proposals; the official answers stay as they are."
        ),
        error_messages={"required": gettext_lazy("Say whose answers the file holds.")},
        widget=forms.RadioSelect,
    )
    field_order = ("into", "file")
    label = gettext_lazy("File with answers")
    endings = (*ENDINGS, WORD)
    megabytes = MOST_MEGABYTES
    hint = gettext_lazy("A file from this page, filled in: .docx, .xlsx or .csv. You can drop it here.")

    def __init__(
        self, *args: Any, ministries: Choices, read: Callable[[str, bytes, str], list[AnswerRow]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.read_into = read
        self.fields["file"].widget.attrs["class"] = "app-drop"
        if ministries:
            official = (OFFICIAL, _("Our State’s: they become the official answers"))
            self.fields["into"].choices = [official, *ministries]  # type: ignore[attr-defined]
        else:
            del self.fields["into"]

    def read(self, name: str, content: bytes) -> list[AnswerRow]:
        """Against what stands there of whose answers these are; not before that is said."""
        is_said = "into" not in self.fields or "into" in self.cleaned_data
        return self.read_into(name, content, self.cleaned_data.get("into", OFFICIAL)) if is_said else []


class TakeForm(AccessibleForm):
    """``sheet``: what was read and shown, signed."""

    sheet = forms.CharField(widget=forms.HiddenInput)
