"""What every form of the exchange carries unseen: what its writer was shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm
from reviews.drafts.shown import Shown


class ShownForm(AccessibleForm):
    """``shown``: who was to read what is written here, and which version it cancels (``reviews.drafts.views``)."""

    shown = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_shown(self) -> Shown:
        return Shown.from_token(self.cleaned_data["shown"])


class WritingForm(ShownForm):
    """A text that several people write. ``base`` is the revision that the writer saw, 0 for none."""

    base = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_base(self) -> int:
        return self.cleaned_data["base"] or 0


class RecallForm(AccessibleForm):
    """``number``: the sending that the page has shown."""

    reason = forms.CharField(
        label=_("Why do you recall it?"),
        help_text=_("The people of your own State read it here; nobody else does."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Say why you recall it.")},
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class DraftReadingForm(AccessibleForm):
    """What a person says of a draft of the own State that the page has shown; ``sha256`` is of that."""

    verdict = forms.ChoiceField(
        label=_("What do you say of the text?"),
        choices=[("fine", _("Read, nothing to add")), ("again", _("Look again at what I name"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you think of the text.")},
    )
    word = forms.CharField(
        label=_("At what should the focal point look again?"),
        help_text=_("Name the places. The people of your own State read it, and nobody else."),
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
