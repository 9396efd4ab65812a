"""Forms of the acts on a response."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm
from reviews.discussion import MAXIMUM_NOTE
from reviews.drafts import RecallForm
from reviews.opening import ReasonToBeginForm

# The page sets these boxes one by one.


class ConfirmForm(AccessibleForm):
    """Nothing to fill in: pressing the button is the act."""


class OpenResponseForm(ReasonToBeginForm):
    """By one press; ``asks_why`` where the phase should not begin yet."""


class ReturnResponseForm(AccessibleForm):
    reason = forms.CharField(
        label=_("What should the experts change?"),
        help_text=_("They read it at the top of the self-assessment."),
        max_length=MAXIMUM_NOTE,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Say what the experts should change.")},
    )
    questions = forms.CharField(
        label=_("Questions that it is about"),
        help_text=_(
            "Their numbers with commas between them, for example: 10, 46 (a). At each your words stand as a margin "
            "note until it is resolved, and in “My work” of the experts."
        ),
        required=False,
        max_length=500,
    )


class RecallResponseForm(RecallForm):
    """``number``: the version that the page has shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.label = _("Why do you recall the answers?")
        reason.help_text = _(
            "The people of your own State read it at the top of the self-assessment; nobody else does."
        )
        reason.error_messages["required"] = _("Say why you recall the answers.")


class ReviseForm(AccessibleForm):
    """``number``: the version that stands, as the page has shown it."""

    reason = forms.CharField(
        label=_("Why is a new version needed?"),
        help_text=_("Your own people read it at once, and all States of the review with the new version."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say why a new version is needed.")},
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class GiveUpForm(AccessibleForm):
    """The draft that the page has shown, and the version to which the answers go back; the page sets both."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
