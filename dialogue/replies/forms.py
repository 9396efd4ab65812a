from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import TextForm
from reviews.drafts import WritingForm


class BesideFeedbackForm(WritingForm):
    """``feedback_sha256``: of the feedback that stands on the page."""

    feedback_sha256 = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ReplyForm(TextForm, BesideFeedbackForm):
    """What the State under review says to a feedback, in its language."""

    text = forms.CharField(
        label=_("Reply"),
        help_text=_("All States of the review read it below the feedback, once your focal point has sent it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "data-editor": ""}),
    )


class SendReplyForm(BesideFeedbackForm):
    """``number``: the sending that this would be."""

    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_number(self) -> int:
        return self.cleaned_data["number"] or 0
