"""What every form of the exchange carries unseen: what its writer was shown."""

from django import forms

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
