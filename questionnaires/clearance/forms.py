from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.web.forms import AccessibleForm
from reviews.drafts import DraftReadingForm


class ClearResponseForm(AccessibleForm):
    """The answers that the page has shown, and the version as which they would be sent; the page sets both."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SecondReadingForm(DraftReadingForm):
    """What a second reader says of the answers that the page has shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict, word = self.fields["verdict"], self.fields["word"]
        verdict.label = _("What do you say of the answers?")
        verdict.error_messages["required"] = _("Say what you think of the answers.")
        word.help_text = _("Name the questions. The people of your own State who read the whole draft read it.")
