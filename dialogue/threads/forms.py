from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm, TextForm
from reviews.drafts import WritingForm


class DialogueMessageForm(TextForm, WritingForm):
    """A message, in its language."""

    text = forms.CharField(
        label=_("Message"),
        help_text=_("All States of the review and the secretariat read it once it is released."),
        error_messages={"required": _("Write the message.")},
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "data-editor": ""}),
    )


class ReleaseForm(WritingForm):
    """``number``: the sending that this would be."""

    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_number(self) -> int:
        return self.cleaned_data["number"] or 0


class ChoiceForm(AccessibleForm):
    """Who releases the messages of a State."""

    who = forms.ChoiceField(
        label=_("Who releases the messages of your State in this review?"),
        choices=[("focal_point", _("The focal point alone")), ("experts", _("The focal point and the experts"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who releases the messages.")},
    )
