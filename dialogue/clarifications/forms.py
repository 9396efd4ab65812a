from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.drafts import WritingForm


class RevisedTextForm(WritingForm):
    """A request, or the answer to one, in its language."""

    marks_optional_fields = False

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["lang"] = language


class ClarificationForm(RevisedTextForm):
    text = forms.CharField(
        label=_("What do you ask?"),
        help_text=_("The State under review reads it with the question and its answer beside it."),
        error_messages={"required": _("Write what you ask.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}),
    )


class LegalSystemForm(ClarificationForm):
    text = forms.CharField(
        label=_("What do you ask about the legal system?"),
        help_text=_(
            "For instance how laws are made and found, which courts decide, or what a decision of theirs says."
        ),
        error_messages={"required": _("Write what you ask.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}),
    )


class ClarificationAnswerForm(RevisedTextForm):
    text = forms.CharField(
        label=_("Answer"),
        help_text=_(
            "The answers to the questionnaire stay as they were sent; what you write here is read beside them."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "data-editor": ""}),
    )
