"""Two requests for access of the demo: one that lies with its State, and one that waits for a second officer."""

from collections.abc import Collection

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from portal.demo.plan import LARGE, Person
from reviews.access import (
    Grounds,
    Wish,
    approve_request,
    end_of_participation,
    fingerprint_of_request,
    mission_account,
    prepare_request,
)
from reviews.cases.models import Participation
from reviews.programme.models import Mechanism
from reviews.speakers import NominatingState

WITH_THE_STATE, TO_BE_APPROVED = "1-XAL", "1-XMB"


def ask_for_access(built: Collection[str], users: dict[Person, User]) -> None:
    """An account of Aldermark's permanent mission, which its people may confirm or refuse; the end of an observer's."""
    officer, second = (
        next(user for person, user in users.items() if person.role == role)
        for role in (SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR)
    )
    if WITH_THE_STATE in built:
        place = NominatingState(Mechanism.objects.get(slug=LARGE), StateParty.objects.get(iso3="XAL"))
        wish = mission_account(
            place, email="astrid.falkenrath@xal.example", full_name="Astrid Falkenrath", language="en"
        )
        request = prepare_request(actor=officer, wish=wish, grounds=_grounds("NV/52"))
        approve_request(actor=second, request=request, seen=fingerprint_of_request(request))
    if TO_BE_APPROVED in built:
        observer = Participation.objects.filter(
            review__mechanism__slug=LARGE, review__code=TO_BE_APPROVED, role="observer", ended_at=None
        ).first()
        if observer is not None:
            _ask(officer, end_of_participation(observer), "NV/19")


def _ask(officer: User, wish: Wish, number: str) -> None:
    prepare_request(actor=officer, wish=wish, grounds=_grounds(number))


def _grounds(number: str) -> Grounds:
    content = (settings.FIXTURES_DIR / "demo" / "note_verbale.pdf").read_bytes()
    scan = SimpleUploadedFile("note-verbale.pdf", content, "application/pdf")
    return Grounds(f"{number}/{timezone.localdate():%Y}", scan)
