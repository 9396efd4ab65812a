from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm


class RoomsForm(AccessibleForm):
    """Who reads what the own State, a reviewing one, has drafted."""

    shared = forms.ChoiceField(
        label=_("Who reads what your State has drafted and not sent?"),
        choices=(
            ("no", _("Only your State: it keeps its room to itself")),
            ("yes", _("All reviewing States, as soon as each of them has opened its room")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who reads the drafts.")},
    )

    def clean_shared(self) -> bool:
        return self.cleaned_data["shared"] == "yes"
