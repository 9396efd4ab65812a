from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm
from reviews.drafts import RecallForm, WritingForm


class CommentForm(WritingForm):
    """What a State says at one place."""

    text = forms.CharField(label=_("Written feedback"), required=False, strip=False)


class ClearFeedbackForm(AccessibleForm):
    """The draft that the page has shown, and the sending that this would be; the page sets both."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ClearedForm(AccessibleForm):
    """The draft that the page has shown, which the State had cleared."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)


class FeedbackFormForm(AccessibleForm):
    """How the reviewing States of one review send their feedback."""

    form = forms.ChoiceField(
        label=_("How do the reviewing States send their written feedback?"),
        choices=(
            ("each", _("One feedback each: a State writes, clears and sends its own")),
            ("joint", _("One joint feedback: they write it together, and each clears it before it is sent")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how feedback is sent.")},
    )


class RecallFeedbackForm(RecallForm):
    """``step``: where the review stood; a recall may move it back, which the page says."""

    step = forms.CharField(required=False, widget=forms.HiddenInput)
