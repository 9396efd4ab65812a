"""Forms by which files are brought in, decided, and answered by the State."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_reading import ENDINGS, MOST_MEGABYTES, bounded_content
from core.web.forms import AccessibleForm
from reviews.bringing.enums import StateWord

Read = Callable[[str, bytes], Sequence[Any]]


class UploadForm(AccessibleForm):
    """A file to be read; ``rows`` is what was read of it, and ``uploaded`` its bytes.

    ``read`` makes rows of a name and bytes, each with its ``problems``; it raises ServiceError for the file as a whole.
    """

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    rows: Sequence[Any] = ()
    uploaded: bytes = b""

    def __init__(self, *args: Any, read: Read, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read
        hint = _("The template, filled in: .xlsx, or .csv in UTF-8 or UTF-16. At most %(megabytes)d MB.")
        self.fields["file"].help_text = hint % {"megabytes": MOST_MEGABYTES}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.uploaded = bounded_content(file)
        try:
            self.rows = self.read(file.name or "", self.uploaded)
        except ServiceError as error:
            raise forms.ValidationError(str(error)) from error
        return file

    @property
    def wrong(self) -> list[Any]:
        return [row for row in self.rows if row.problems]


class FileAsideForm(AccessibleForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is it set aside?"),
        help_text=gettext_lazy("The officer who has brought it in reads this."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why it is set aside.")},
    )


class StateWordForm(AccessibleForm):
    word = forms.ChoiceField(
        label=gettext_lazy("What does your State say?"),
        choices=[
            (StateWord.CONFIRMED.value, gettext_lazy("It is right: our State confirms it")),
            (StateWord.OBJECTED.value, gettext_lazy("Something is wrong with it: our State objects")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what your State says.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What is wrong with it?"),
        help_text=gettext_lazy("Only where your State objects. All who take part in the review read it, and officers."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
