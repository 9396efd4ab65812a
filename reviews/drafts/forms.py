"""What every form of the exchange carries unseen: what its writer was shown."""

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
