"""The form in which a draw of another place is brought in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_reading import ENDINGS, bounded_content
from lots.algorithm.terms import MOST_SOURCE
from lots.bringing.selectors import known_words
from lots.bringing.sheet import BroughtPair, read_pairs
from lots.preparation import REAL, DrawForm
from reviews.programme.models import Mechanism


class BringInForm(DrawForm):
    """``table`` carries the rows that were read once, as CSV, so that the file is not chosen again.

    ``seen`` is what of them was shown (``selectors.fingerprint_of``).
    """

    source = forms.CharField(
        label=gettext_lazy("Where it is read"),
        help_text=gettext_lazy("Such as the symbol of a document or an address. It stands on the public page."),
        max_length=MOST_SOURCE,
        error_messages={"required": gettext_lazy("Say where this draw is read.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Groups and pairings"),
        help_text=gettext_lazy("An .xlsx or .csv file, one row for each pair."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    table = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mechanism: Mechanism, **kwargs: Any) -> None:
        super().__init__(*args, mechanism=mechanism, **kwargs)
        self.mechanism = mechanism
        self.pairs: list[BroughtPair] = []
        self.fields["kind"].initial = REAL
        self.fields["as_of"].label = _("Drawn on")
        self.fields["as_of"].help_text = _("The rules are checked for what the States had joined on this day.")

    def clean(self) -> dict[str, Any]:
        """Read the file, or what was read of it before."""
        cleaned = super().clean() or {}
        file, kept = cleaned.get("file"), cleaned.get("table", "")
        if not file and not kept:
            self.add_error("file", _("Choose the file."))
            return cleaned
        name, content = (file.name, bounded_content(file)) if file else ("table.csv", kept.encode())
        try:
            self.pairs = read_pairs(name, content, known_words(self.mechanism))
        except ServiceError as error:
            self.add_error("file", str(error))
        return cleaned

    @property
    def wrong(self) -> list[BroughtPair]:
        return [pair for pair in self.pairs if pair.problems]
