from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import AccessibleForm


class RoomsForm(AccessibleForm):
    """Who reads the drafts of the reviewing States."""

    shared = forms.ChoiceField(
        label=_("Who reads what a reviewing State has drafted and not sent?"),
        choices=(
            ("no", _("Only that State: each reviewing State has its own room")),
            ("yes", _("All reviewing States: they have one room together")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who reads the drafts.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("For instance, that both States have asked for it. It is kept in the record of acts."),
        error_messages={"required": _("Say why, for instance that the States have agreed on it.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean_shared(self) -> bool:
        return self.cleaned_data["shared"] == "yes"
