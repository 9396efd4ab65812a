from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.forms import FilterForm
from observations.publications.selectors import published_instruments, published_states
from observations.texts.models import Publication


class PublicationFilterForm(FilterForm):
    """Which of the public documents to show; what makes no sense is left out."""

    state = forms.ChoiceField(label=_("State under review"), required=False)
    instrument = forms.ChoiceField(label=_("Instrument"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.iso3, state.name) for state in published_states()]
        instruments = [(row.slug, row.short_name) for row in published_instruments()]
        self.fields["state"].choices = [("", _("All")), *states]  # type: ignore[attr-defined]
        self.fields["instrument"].choices = [("", _("All")), *instruments]  # type: ignore[attr-defined]

    def narrow(self, publications: QuerySet[Publication]) -> QuerySet[Publication]:
        """Apply what was chosen (after validation)."""
        chosen = self.cleaned_data
        if iso3 := chosen.get("state"):
            publications = publications.filter(agreed_text__review__state_under_review__iso3=iso3)
        if slug := chosen.get("instrument"):
            publications = publications.filter(agreed_text__instrument__slug=slug)
        return publications
