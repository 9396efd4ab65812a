"""Forms of the legal library. What is wrong with what is typed the services say, by field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from core.files.uploads import ACCEPTED, accepted_kinds
from core.web.forms import AccessibleForm, UploadForm
from questionnaires.laws.enums import LawKind, LawStatus
from questionnaires.laws.labels import LANGUAGE_NAMES
from questionnaires.laws.selectors import known_articles
from questionnaires.laws.services import LawFileInput
from questionnaires.laws.sheet import LawRow, read_sheet
from questionnaires.laws.validators import LENGTHS, LawInput

_AUTO = {"dir": "auto", "autocomplete": "off"}


def _line(name: str, label: Any, *, required: bool = False, help_text: Any = "", **attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={"required": gettext_lazy("Enter the title.")},
        widget=forms.TextInput(attrs={**_AUTO, "maxlength": LENGTHS[name], **attributes}),
    )


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d"),
    )


class LawForm(AccessibleForm):
    """An entry of the library.

    ``seen``: the revision that its writer began from. ``shown``: the last one that a page has shown beside it since.
    """

    title = _line(
        "title",
        pgettext_lazy("of a law", "Title"),
        required=True,
        help_text=gettext_lazy("As your answers name it, in the language of the law or of the answers."),
    )
    translation = _line("translation", gettext_lazy("Title in translation"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=LawKind.choices,
        help_text=gettext_lazy(
            "An answer given elsewhere is what your State has said to another mechanism: give its date and its link, "
            "and as text what has changed since."
        ),
    )
    number = _line("number", gettext_lazy("Number"))
    dated = _day(gettext_lazy("Date"), gettext_lazy("Of adoption, or of the decision."))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the law"), choices=[("", "–"), *LANGUAGE_NAMES], required=False
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=LawStatus.choices, widget=forms.RadioSelect)
    since = _day(gettext_lazy("From when"), gettext_lazy("In force, amended or repealed from this day."))
    link = _line("link", gettext_lazy("Link"), dir="ltr", type="url")
    articles = forms.CharField(
        label=gettext_lazy("Articles that it implements"),
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        help_text=gettext_lazy(
            "The provisions that your answers cite, each from a new line on, beginning with its number: "
            "whoever reads an answer opens the passage from there."
        ),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 8}),
    )
    also_cited_as = forms.CharField(
        label=gettext_lazy("Also cited as"),
        required=False,
        help_text=gettext_lazy("Other names by which answers cite it, one a line."),
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("The short name of the instrument and the number, for example: %(example)s.")
        self.fields["articles"].help_text = words % {"example": example} if example else ""

    @property
    def given(self) -> LawInput:
        """What the service takes (after validation)."""
        return LawInput(**{name: value for name, value in self.cleaned_data.items() if name not in {"seen", "shown"}})


class LawFileForm(AccessibleForm):
    """A file of a law. What is wrong with it the service says, by field."""

    title = _line(
        "title",
        gettext_lazy("What it is"),
        required=True,
        help_text=gettext_lazy("For example: the whole text, as amended in 2024."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the file"), choices=[("", "–"), *LANGUAGE_NAMES], required=False
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # the service says what is wrong with it
        error_messages={"required": gettext_lazy("Choose the file.")},
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.UPLOAD_MAXIMUM_MEGABYTES
        self.fields["file"].help_text = ngettext(
            "One of: %(kinds)s. At most %(most)d megabyte.", "One of: %(kinds)s. At most %(most)d megabytes.", most
        ) % {"kinds": accepted_kinds(), "most": most}

    @property
    def given(self) -> LawFileInput:
        """What the service takes (after validation)."""
        return LawFileInput(**self.cleaned_data)


class LawSeenForm(AccessibleForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class LawSheetForm(UploadForm):
    """A list of laws; nothing of it is kept before it is confirmed."""

    label = gettext_lazy("List of laws")
    hint = gettext_lazy(
        "A file with the columns of the exported list: .csv in UTF-8 or UTF-16, or .xlsx. At most %(rows)d laws."
    )
    rows: Sequence[LawRow] = ()

    def read(self, name: str, content: bytes) -> Sequence[LawRow]:
        return read_sheet(name, content, known_articles())


class LawSheetConfirmForm(AccessibleForm):
    """``sheet``: what was read, signed; ``seen``: the library on which the preview rested."""

    sheet = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
