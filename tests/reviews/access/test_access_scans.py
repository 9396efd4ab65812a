"""What everybody has looked at is what takes effect: a scan that was exchanged, or is gone, stops a note."""

from pathlib import Path

import pytest

from accounts.people.models import User
from core.errors import ServiceError
from reviews.access.enums import AccessStatus
from reviews.access.models import AccessRequest
from reviews.access.services import confirm_request
from reviews.nominations.models import NoteVerbale
from tests.reviews.access.access import carry_out
from tests.reviews.nominations import notes
from tests.reviews.nominations.notes import ANA, submitted_by
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def exchange_scan(note: NoteVerbale) -> None:
    """As somebody could who writes to the store past the portal."""
    with Path(note.scan.path).open("ab") as file:
        file.write(b"another")


def test_a_note_whose_scan_was_exchanged_is_not_approved(cast: Cast, own_files: Path) -> None:
    note = submitted_by(cast.officer, cast.state, ANA)
    exchange_scan(note)
    with pytest.raises(ServiceError, match="not the one that was uploaded"):
        notes.approve(cast.administrator, note)


def test_nor_does_it_take_effect_where_it_was_exchanged_after_that(cast: Cast, own_files: Path) -> None:
    note = notes.approve(cast.administrator, submitted_by(cast.officer, cast.state, ANA))
    exchange_scan(note)
    confirm_request(actor=cast.focal_point, request=AccessRequest.objects.get(note=note))
    assert carry_out() == 0
    assert not User.objects.filter(email=ANA.email).exists()
    assert AccessRequest.objects.get(note=note).status == AccessStatus.RETURNED


def test_a_note_whose_scan_is_gone_goes_back_and_is_not_stuck(cast: Cast, own_files: Path) -> None:
    note = notes.approve(cast.administrator, submitted_by(cast.officer, cast.state, ANA))
    Path(note.scan.path).unlink()
    confirm_request(actor=cast.focal_point, request=AccessRequest.objects.get(note=note))
    assert carry_out() == 0
    assert AccessRequest.objects.get(note=note).status == AccessStatus.RETURNED
