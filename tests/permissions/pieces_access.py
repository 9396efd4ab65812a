"""Requests for access of the State under review at every status, made when the first address asks for one."""

from functools import cached_property

from accounts.people.models import User
from reviews.access.kinds import new_member
from reviews.access.models import AccessRequest
from reviews.access.services import Grounds, prepare_request, return_request
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.permissions.pieces_nominations import Notes
from tests.reviews.access.access import approve, asked_to_end
from tests.utils import Cast


class Requests:
    """Officers who are nobody of the cast prepare and approve; ``of_officer`` is prepared by the cast's own."""

    def __init__(self, cast: Cast, notes: Notes) -> None:
        self.cast, self.notes = cast, notes

    @cached_property
    def prepared(self) -> AccessRequest:
        return self._asked("expert")

    @cached_property
    def of_officer(self) -> AccessRequest:
        return self._asked("observer", self.cast.officer)

    @cached_property
    def told(self) -> AccessRequest:
        return approve(OfficerFactory(), self._asked("second_expert"))

    @cached_property
    def returned(self) -> AccessRequest:
        request = self._asked("contributor")
        return return_request(actor=OfficerFactory(), request=request, reason="The scan is of another note.")

    @cached_property
    def of_member(self) -> AccessRequest:
        """Somebody who is to join the secretariat: no State is concerned."""
        wish = new_member(email="nils@secretariat.example", full_name="Nils Berg", role="officer", language="en")
        given = Grounds(reason="He begins on Monday.")
        return prepare_request(actor=AdministratorFactory(), wish=wish, grounds=given)

    @cached_property
    def of_note(self) -> AccessRequest:
        return AccessRequest.objects.get(note=self.notes.waiting)

    def make_all(self) -> None:
        for name in ("prepared", "of_officer", "told", "returned", "of_member", "of_note"):
            getattr(self, name)

    def _asked(self, name: str, officer: User | None = None) -> AccessRequest:
        return asked_to_end(officer or self.notes.recorder, self.cast.participations[name])
