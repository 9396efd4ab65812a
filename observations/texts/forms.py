from django import forms

from reviews.drafts import WritingForm


class LayForm(WritingForm):
    """The act of laying a draft on the table. ``replaces``: the revision seen of what it takes the place of, if any."""

    replaces = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
