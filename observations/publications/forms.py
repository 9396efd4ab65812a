"""The form of the end of a publication."""

from django import forms

from core.web.forms import AccessibleForm


class EndForm(AccessibleForm):
    """``publication``: the key of the one that the page has shown."""

    publication = forms.CharField(required=False, widget=forms.HiddenInput)
