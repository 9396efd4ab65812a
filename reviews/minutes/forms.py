"""Forms of the notes of a meeting: to write, to lay, and to say for a State whether it agrees."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm, TextForm
from reviews.drafts import WritingForm


class NotesForm(TextForm, WritingForm):
    """The notes, in the language of the review."""

    text = forms.CharField(
        label=_("Notes of the meeting"),
        help_text=_("What was asked, answered and left open. The States that met agree to exactly these words."),
        error_messages={"required": _("Write what was said.")},
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "data-editor": ""}),
    )


class NotesAnswerForm(AccessibleForm):
    """The word of one State on the text that the page has shown."""

    marks_optional_fields = False

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    agrees = forms.ChoiceField(
        label=_("Does your State agree to these notes?"),
        choices=(("yes", _("Yes, exactly to this text")), ("no", _("No, something is to be changed"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether your State agrees.")},
    )
    note = forms.CharField(
        label=_("What is to be changed"),
        help_text=_("Needed if your State does not agree. All who take part for a State in this review can read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean_agrees(self) -> bool:
        return bool(self.cleaned_data["agrees"] == "yes")
