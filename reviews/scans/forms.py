"""A field for the scan of a note verbale."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from reviews.scans.services import SCAN_ENDINGS


class ScanField(forms.FileField):
    """The scanned note. What is wrong with it the service says, also with one that is empty."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ",".join(SCAN_ENDINGS)})
        super().__init__(label=gettext_lazy("Scanned note"), allow_empty_file=True, widget=widget, **kwargs)
