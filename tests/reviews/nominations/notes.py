"""Notes verbales that tests record, and files that they upload."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.models import User
from accounts.states.models import StateParty
from reviews.access.notes import approve_note
from reviews.cases.models import Review
from reviews.nominations.models import NoteVerbale
from reviews.nominations.naming import Naming
from reviews.nominations.selectors import fingerprint_of, nominations_of
from reviews.nominations.services.nominations import NoteInput, add_nominations, record_note, submit_note
from reviews.programme.models import Mechanism
from reviews.speakers.selectors import NominatingState

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
KEYS = ("review", "role", "full_name", "email", "job_title", "organization", "phone", "language")
ANA = Naming(
    review="1-XVE",
    role="governmental_expert",
    email="ana@veskaria.example",
    full_name="Ana Zorić",
    job_title="Prosecutor",
    organization="Prosecutor General",
    phone="+43 1 26060",
    language="fr",
)


def named(**changes: Any) -> Naming:
    return replace(ANA, **changes)


def place_of(state: StateParty) -> NominatingState:
    return NominatingState(Mechanism.objects.get(slug="untoc"), state)


def scan(name: str = "note.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def note_by(actor: User, state: StateParty, *people: Naming, number: str = "12/2026", with_scan: bool = True) -> Any:
    """A note that is being recorded."""
    given = NoteInput(number, dt.date(2026, 1, 12), scan() if with_scan else None)
    note = record_note(actor=actor, place=place_of(state), given=given)
    if people:
        add_nominations(actor=actor, note=note, namings=people)
    return note


def submitted_by(actor: User, state: StateParty, *people: Naming, number: str = "12/2026") -> NoteVerbale:
    return submit_note(actor=actor, note=note_by(actor, state, *people, number=number))


def approve(officer: User, note: NoteVerbale) -> NoteVerbale:
    return approve_note(actor=officer, note=note, seen=seen(note))


def seen(note: NoteVerbale) -> str:
    note = NoteVerbale.objects.get(pk=note.pk)
    return fingerprint_of(note, list(nominations_of(note)))


def people_in(review: Review, state: StateParty) -> list[tuple[str, str]]:
    """Name and role of those who take part for the State now."""
    rows = review.participations.filter(state_party=state, ended_at=None).order_by("user__full_name")
    return list(rows.values_list("user__full_name", "role"))


def workbook(*rows: Sequence[Any], header: Sequence[Any] = KEYS) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (header, *rows):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of(*rows: str, header: str = ",".join(KEYS)) -> bytes:
    return "\r\n".join([header, *rows]).encode()
