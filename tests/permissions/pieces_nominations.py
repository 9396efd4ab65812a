"""Notes verbales of the State under review at every status, made when the first address asks for one."""

from functools import cached_property

from accounts.people.models import Affiliation, User
from reviews.nominations.models import NoteVerbale
from reviews.nominations.services.nominations import return_note
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.reviews.nominations.notes import approve, named, note_by, submitted_by
from tests.utils import Cast


class Notes:
    """Officers who are nobody of the cast have recorded, returned and approved; ``of_officer`` is the cast's own."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @cached_property
    def recorder(self) -> User:
        return OfficerFactory(full_name="Rhea Recorder")

    @cached_property
    def recording(self) -> NoteVerbale:
        return self._recorded("1/2026")

    @cached_property
    def of_officer(self) -> NoteVerbale:
        return note_by(self.cast.officer, self.cast.state, named(review=self.cast.review.code), number="2/2026")

    @cached_property
    def submitted(self) -> NoteVerbale:
        return self._submitted("3/2026")

    @cached_property
    def submitted_by_officer(self) -> NoteVerbale:
        return self._submitted("4/2026", self.cast.officer)

    @cached_property
    def returned(self) -> NoteVerbale:
        return return_note(actor=OfficerFactory(), note=self._submitted("5/2026"), reason="The scan.")

    @cached_property
    def approved(self) -> NoteVerbale:
        person = named(review=self.cast.review.code, email="approved@x.example", role="observer")
        note = submitted_by(self.cast.focal_point, self.cast.state, person, number="6/2026")
        return approve(OfficerFactory(), note)

    @cached_property
    def waiting(self) -> NoteVerbale:
        """An officer has recorded it, another one approved: it lies with the State."""
        person = named(review=self.cast.review.code, email="waiting@x.example", role="observer")
        return approve(OfficerFactory(), submitted_by(self.recorder, self.cast.state, person, number="7/2026"))

    @cached_property
    def mission(self) -> Affiliation:
        user = UserFactory(full_name="Mila Mission")
        return Affiliation.objects.create(user=user, state_party=self.cast.state, is_permanent_mission=True)

    def make_all(self) -> None:
        """One at every status, so that words can be planted into all of them."""
        for name in ("recording", "of_officer", "submitted", "submitted_by_officer", "returned", "approved", "waiting"):
            getattr(self, name)

    def _recorded(self, number: str) -> NoteVerbale:
        return note_by(self.recorder, self.cast.state, named(review=self.cast.review.code), number=number)

    def _submitted(self, number: str, recorder: User | None = None) -> NoteVerbale:
        person = named(review=self.cast.review.code)
        return submitted_by(recorder or self.recorder, self.cast.state, person, number=number)
