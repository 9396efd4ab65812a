"""What tests of letters and links do again and again."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.contacts.models import StateContact
from accounts.links.models import StateLink
from accounts.links.tokens import token_of
from accounts.people.models import User
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.outreach.selectors.addressees import plan_letters
from reviews.outreach.selectors.board import board_of
from reviews.outreach.services.received import MissionInput, PersonInput, receive_nomination
from reviews.outreach.services.sending import owe_letters, send_owed_letters
from reviews.outreach.views.missions import mark_of
from reviews.programme.models import Mechanism
from tests.factories.contacts import ContactFactory
from tests.plain_role import system_role
from tests.reviews.nominations.notes import PDF
from tests.utils import make_review

PAGE = "/en/mission-link/"


def mechanism() -> Mechanism:
    return Mechanism.objects.get(slug="untoc")


def unnamed_review(state: str = "XVE") -> Any:
    """A review in which the State under review has named nobody."""
    review = make_review(state=state)
    review.participations.filter(state_party=review.state_under_review).delete()
    return review


def write(officer: User, *, chosen: set[str] | None = None) -> list[NominationLetter]:
    """Owe letters to all who would get one now, or those of them that are chosen."""
    rows = board_of(mechanism())
    plan = plan_letters(mechanism(), rows)
    keys = {each.key for each in plan.addressees} if chosen is None else chosen
    return owe_letters(actor=officer, mechanism=mechanism(), reviews=rows, chosen=keys, seen=plan.fingerprint)


def send() -> int:
    with system_role():
        return send_owed_letters()


def link_to(contact: StateContact, officer: User) -> StateLink:
    """The link that a letter to this office has brought it."""
    write(officer, chosen={str(contact.pk)})
    send()
    link = NominationLetter.objects.get(contact=contact).link
    assert link is not None
    return link


def contact_of(state: Any, **facts: Any) -> StateContact:
    return ContactFactory(state_party=state, **facts)


def follow(client: Client, link: StateLink) -> Any:
    return client.get(f"{PAGE}{token_of(link.pk)}/")


def post(client: Client, typed_in: dict[str, Any]) -> Any:
    """Send the form of the page with what the page carries; where it shows no form, with what it would carry."""
    link = StateLink.objects.filter(pk=client.session.get("mission-link", {}).get("link")).first()
    return client.post(PAGE, {"seen": mark_of(link) if link else "", **typed_in})


def typed(code: str, **changes: Any) -> dict[str, Any]:
    """The form of the page, filled in with a focal point and an expert."""
    people = {
        "focal-full_name": "Noor Haddad", "focal-job_title": "Judge", "focal-organization": "Ministry of Justice",
        "focal-email": "Noor@Justice.example", "focal-language": "ar",
        "expert1-full_name": "Ana Zorić", "expert1-email": "ana@justice.example", "expert1-language": "fr",
    }  # fmt: skip
    note = {"reviews": [code], "number": "12/2026", "dated_on": "2026-01-12"}
    return {**note, **people, "scan": SimpleUploadedFile("note.pdf", PDF, "application/pdf"), **changes}


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("note.pdf", PDF, "application/pdf")


def noor(email: str = "noor@x.example") -> PersonInput:
    return PersonInput("focal", "focal_point", "Noor Haddad", "Judge", "Ministry of Justice", email, "ar")


def received_by(link: StateLink, code: str, *, number: str = "12/2026", email: str = "noor@x.example") -> Any:
    given = MissionInput(number, dt.date(2026, 1, 12), pdf(), [code], [noor(email)])
    return ReceivedNomination.objects.get(pk=receive_nomination(link=link, given=given).pk)


def words(page: Any) -> str:
    """The page on one line, with its markup."""
    return " ".join(page.content.decode().split())
