from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.states import sorted_by_name
from core.web.filters import Choices, PortalFilterSet, SelectFilter
from reviews.nominations.enums import NoteStatus
from reviews.nominations.selectors import notes_of_mechanism, states_with_notes
from reviews.programme.models import Mechanism


class NoteFilterSet(PortalFilterSet):
    """Of the notes verbales of a mechanism, those first that wait longest to be checked."""

    status = SelectFilter(label=_("Status"), choices=NoteStatus.choices)
    state = SelectFilter("state_party__iso3", label=_("State"))

    def __init__(self, data: QueryDict, *, mechanism: Mechanism) -> None:
        super().__init__(data, notes_of_mechanism(mechanism))
        self.mechanism = mechanism

    def get_choices(self) -> Choices:
        return {"state": [(each.iso3, each.name) for each in sorted_by_name(states_with_notes(self.mechanism))]}
