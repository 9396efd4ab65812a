from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core.web.filters import Choices, PortalFilterSet, SelectFilter, TextFilter, by
from reviews.lists import OfficerFilter
from reviews.outreach.enums import ReceivedStatus, Stand
from reviews.outreach.selectors.board import (
    board_of,
    counts_of,
    current_phase,
    in_phase,
    of_stand,
    of_state,
    phases_with_reviews,
)
from reviews.outreach.selectors.received import of_status, received_in
from reviews.programme.models import Mechanism


class BoardFilterSet(PortalFilterSet):
    """The States under review of one phase, the current one where none is chosen."""

    q = TextFilter(label=_("State"), method=by(of_state))
    phase = SelectFilter(label=_("Phase"), empty_label=None, method=by(in_phase))
    officer = OfficerFilter()
    stand = SelectFilter(label=_("How far"), choices=Stand.choices, method=by(of_stand))

    def __init__(self, data: QueryDict, *, mechanism: Mechanism, user: User) -> None:
        self.user = user
        self.phases = phases_with_reviews(mechanism)
        if current := current_phase(self.phases, timezone.localdate()):
            self.defaults = {"phase": str(current)}  # type: ignore[misc]
        super().__init__(data, board_of(mechanism))

    def get_choices(self) -> Choices:
        phases = [(str(number), str(number)) for number, _first in self.phases]
        return {"phase": phases, "officer": OfficerFilter.people()}

    def counts(self) -> dict[str, int]:
        """How many States of the phase and officer are how far, whatever else narrows; one query."""
        rows: Any = self.queryset
        for name in self.scope:
            rows = self.filters[name].filter(rows, self.given[name])
        return counts_of(rows)

    @property
    def scope(self) -> dict[str, str]:
        """What its figures are of, as it stands in an address."""
        return {name: self.chosen[name] for name in ("phase", "officer") if name in self.given}


class ReceivedFilterSet(PortalFilterSet):
    """What missions have sent: first what waits to be taken over."""

    status = SelectFilter(label=_("Status"), choices=ReceivedStatus.choices, method=by(of_status))

    def __init__(self, data: QueryDict, *, mechanism: Mechanism) -> None:
        super().__init__(data, received_in(mechanism))
