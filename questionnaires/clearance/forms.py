from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from core.web.forms import AccessibleForm


class ClearResponseForm(AccessibleForm):
    """The answers that the page has shown, and the version as which they would be sent; the page sets both."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SecondReadingForm(AccessibleForm):
    """What a second reader says of the answers that the page has shown."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What do you say of the answers?"),
        choices=[
            ("fine", gettext_lazy("Read, nothing to add")),
            ("again", gettext_lazy("Look again at what I name")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what you think of the answers.")},
    )
    word = forms.CharField(
        label=gettext_lazy("At what should the focal point look again?"),
        help_text=gettext_lazy("Name the questions. The people of your own State who read the whole draft read it."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == "again" and not given.get("word", "").strip():
            self.add_error("word", _("Say at what the focal point should look again."))
        return given
