"""Forms of answers that leave as a file and come back as one."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.documents.reading import MOST_MEGABYTES
from core.errors import ServiceError
from core.files.spreadsheet_reading import ENDINGS, bounded_content
from core.web.forms import AccessibleForm
from questionnaires.bringing import WORD, AnswerRow

OFFICIAL = "official"
XLSX_FILE, DOCX_FILE = "xlsx", "docx"
Choices = Sequence[tuple[str, Any]]


class AnswersOutForm(AccessibleForm):
    """``of``: what goes into the file; ``kind``: of which kind it is."""

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


class AnswersBackForm(AccessibleForm):
    """A file that came back; nothing of it is kept before it is confirmed. ``into``: whose answers it holds."""

    into = forms.ChoiceField(
        label=gettext_lazy("Whose answers does the file hold?"),
        help_text=gettext_lazy(
            "What a ministry has sent becomes its proposals; the official answers stay as they are."
        ),
        error_messages={"required": gettext_lazy("Say whose answers the file holds.")},
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("File with answers"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ",".join((*ENDINGS, WORD)), "class": "app-drop"}),
    )
    rows: Sequence[AnswerRow] = ()

    def __init__(
        self, *args: Any, ministries: Choices, read: Callable[[str, bytes, str], list[AnswerRow]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.read = read
        hint = _("A file from this page, filled in: .docx, .xlsx or .csv. You can drop it here.")
        self.fields["file"].help_text = hint
        if ministries:
            official = (OFFICIAL, _("Our State’s: they become the official answers"))
            self.fields["into"].choices = [official, *ministries]  # type: ignore[attr-defined]
        else:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file = given.get("file")
        if file is None or self.errors:
            return given
        try:
            into = given.get("into", OFFICIAL)
            self.rows = self.read(file.name or "", bounded_content(file, MOST_MEGABYTES), into)
        except ServiceError as error:
            self.add_error("file", str(error))
        return given


class TakeForm(AccessibleForm):
    """``sheet``: what was read and shown, signed."""

    sheet = forms.CharField(widget=forms.HiddenInput)
