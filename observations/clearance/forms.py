from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from core.web.forms import AccessibleForm
from observations.wording import NumberedParagraph
from reviews.drafts import ShownForm

_WHY = _("Say what your State does not agree to.")
_AREA = {"class": "app-answer-text", "dir": "auto"}


class ObjectionForm(ShownForm):
    """Why a State does not agree: to paragraphs, each with its reason, to the whole, or to both.

    ``sha256`` is that of the version that the person was shown, ``paragraphs`` are its own.
    """

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("To the version as a whole. What you have against one paragraph is said at that paragraph, below."),
        widget=forms.Textarea(attrs={**_AREA, "rows": 4}),
    )
    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, paragraphs: Mapping[int, NumberedParagraph], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paragraphs = paragraphs
        for number in paragraphs:
            self.fields[_name(number)] = forms.CharField(
                label=gettext("Paragraph %(number)s: the reason, and what your State proposes instead")
                % {"number": number},
                required=False,
                widget=forms.Textarea(attrs={**_AREA, "rows": 3}),
            )

    def boxes(self) -> list[tuple[int, NumberedParagraph, forms.BoundField]]:
        """The paragraphs, each with its field."""
        return [(number, paragraph, self[_name(number)]) for number, paragraph in self.paragraphs.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        points = {number: given.pop(_name(number), "") for number in self.paragraphs}
        given["points"] = {number: words for number, words in points.items() if words}
        if not given["points"] and not given.get("reason"):
            self.add_error("reason", _WHY)
        return given


def _name(number: int) -> str:
    return f"{number}-reason"


class ResolvingForm(AccessibleForm):
    """What was shown: the checksum of the text, and the keys of the own State's objections that are open."""

    sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    resolving = forms.CharField(required=False, widget=forms.HiddenInput)
