from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import TextForm
from reviews.drafts import WritingForm


class RevisedTextForm(TextForm, WritingForm):
    """A request, or the answer to one, in its language."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}))


class ClarificationForm(RevisedTextForm):
    text = forms.CharField(
        label=_("What do you ask?"),
        help_text=_("The State under review reads it with the question and its answer beside it."),
        error_messages={"required": _("Write what you ask.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}),
    )


class LegalSystemForm(ClarificationForm):
    text = forms.CharField(
        label=_("What do you ask?"),
        help_text=_(
            "For instance how laws are made and found, which courts decide, or what a decision of theirs says."
        ),
        error_messages={"required": _("Write what you ask.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}),
    )


class _LawsSelect(forms.Select):
    """The names of laws are in the words of their State, whatever the language of the page."""

    language = ""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = self.language
        return option


class LegalSystemAskForm(LegalSystemForm):
    """``laws``: those that may be asked about, as the State names them, by what stands for each in an address."""

    law = forms.ChoiceField(label=_("What is it about?"), required=False, widget=_LawsSelect)
    field_order = ("law", "text")

    def __init__(self, *args: Any, laws: Mapping[str, str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.fields["law"].widget.language = language
        choices = [("", _("The legal system as a whole")), *laws.items()]
        self.fields["law"].choices = choices  # type: ignore[attr-defined]


class FurtherForm(ClarificationForm):
    """What is asked on an answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("The State under review reads it below its answer.")


class ClarificationSendForm(WritingForm):
    due_on = forms.DateField(
        label=_("Answer asked for by"),
        help_text=_(
            "The State under review sees the day, and its focal point is reminded of it. No rule binds a State to it; "
            "leave it empty where you name none."
        ),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
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
