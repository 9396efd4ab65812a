from django import forms

from core.web.forms import AccessibleForm


class ClearResponseForm(AccessibleForm):
    """The answers that the page has shown, and the version as which they would be sent; the page sets both."""

    sha256 = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
