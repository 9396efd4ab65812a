"""The form by which a reviewing State splits the sections of the desk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from dialogue.split.selectors import SplitAt, address_of
from questionnaires.definitions import PlacedSection


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One line of the form; ``lead`` is None for who may not say that the State leads."""

    place: PlacedSection
    at: SplitAt
    keeper: Any
    lead: Any


class SplitForm(AccessibleForm):
    """Who is on which section, and on which the State leads.

    ``shown`` and ``led``: what stood there when the page was shown.
    """

    marks_optional_fields = False

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    led = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        places: Sequence[PlacedSection],
        people: Sequence[tuple[UUID, str]],
        may_lead: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places, self.may_lead = places, may_lead
        choices = [("", pgettext_lazy("on a section", "Nobody")), *((str(key), isolated(name)) for key, name in people)]
        for place in places:
            self.fields[_keeper(place)] = forms.ChoiceField(
                label=_("Who is on it"),
                choices=choices,
                required=False,
                error_messages={"invalid_choice": _("Choose somebody who writes for your State in this review.")},
            )
            if may_lead:
                self.fields[_lead(place)] = forms.BooleanField(label=_("We lead"), required=False)

    def rows(self, split: dict[str, SplitAt]) -> Iterator[SplitRow]:
        for place in self.places:
            lead = self[_lead(place)] if self.may_lead else None
            yield SplitRow(place, split.get(address_of(place), SplitAt()), self[_keeper(place)], lead)

    @property
    def keepers(self) -> dict[str, UUID | None]:
        given = {address_of(place): self.cleaned_data[_keeper(place)] for place in self.places}
        return {section: UUID(key) if key else None for section, key in given.items()}

    @property
    def leads(self) -> frozenset[str]:
        return frozenset(address_of(place) for place in self.places if self.cleaned_data.get(_lead(place)))


def _keeper(place: PlacedSection) -> str:
    return f"keeper-{'-'.join(place.address)}"


def _lead(place: PlacedSection) -> str:
    return f"lead-{'-'.join(place.address)}"


def standing(places: Sequence[PlacedSection], split: dict[str, SplitAt], *, may_lead: bool) -> dict[str, Any]:
    """What the fields hold to begin with."""
    found: dict[str, Any] = {}
    for place in places:
        at = split.get(address_of(place), SplitAt())
        found[_keeper(place)] = str(at.keeper or "")
        if may_lead:
            found[_lead(place)] = at.is_led
    return found
