from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.states import regional_groups
from core.web.forms import FilterForm


class StateFilterForm(FilterForm):
    q = forms.CharField(
        label=_("Name or code"), required=False, max_length=100, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    group = forms.ChoiceField(label=_("Regional group"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group.slug, group.name) for group in regional_groups()]
        self.fields["group"].choices = [("", _("All")), *groups]  # type: ignore[attr-defined]


class DirectoryFilterForm(StateFilterForm):
    """Focal points by the name of the person or the State, and by regional group."""

    q = forms.CharField(
        label=_("Name of a person or a State"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ExpertFilterForm(FilterForm):
    """Experts by the name of the person or the State."""

    q = DirectoryFilterForm.base_fields["q"]
