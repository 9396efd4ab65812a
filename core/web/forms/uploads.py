"""The form by which a file is read: nothing of it is kept by that."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core.errors import ServiceError
from core.files import spreadsheet_reading
from core.web.forms.base import AccessibleForm

Read = Callable[[str, bytes], Sequence[Any]]


class UploadForm(AccessibleForm):
    """A file to be read; ``rows`` is what was read of it, and ``uploaded`` its bytes.

    ``read`` makes rows of a name and bytes; it raises ServiceError for the file as a whole.
    """

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file.")},
        widget=forms.FileInput,
    )
    read: Read
    rows: Sequence[Any] = ()
    uploaded: bytes = b""
    label: ClassVar[str | Promise] = gettext_lazy("File")
    endings: ClassVar[Sequence[str]] = spreadsheet_reading.ENDINGS
    megabytes: ClassVar[int] = spreadsheet_reading.MOST_MEGABYTES
    hint: ClassVar[str | Promise] = gettext_lazy(
        "The template, filled in: .xlsx, or .csv in UTF-8 or UTF-16. At most %(megabytes)d MB."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = {"megabytes": self.megabytes, "rows": spreadsheet_reading.MOST_ROWS}
        field = self.fields["file"]
        field.label, field.help_text = str(self.label), str(self.hint) % facts
        field.widget.attrs["accept"] = ",".join(self.endings)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.uploaded = spreadsheet_reading.bounded_content(file, self.megabytes)
        try:
            self.rows = self.read(file.name or "", self.uploaded)
        except ServiceError as error:
            raise forms.ValidationError(str(error)) from error
        return file
