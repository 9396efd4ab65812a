"""Two notes verbales of the demo: one that waits to be checked, and one that has been approved."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from portal.demo.plan import LARGE, Person, read
from reviews.access import approve_note
from reviews.cases.enums import ParticipationRole
from reviews.nominations import (
    Naming,
    NoteInput,
    add_nominations,
    fingerprint_of,
    nominations_of,
    record_note,
    submit_note,
)
from reviews.nominations.models import NoteVerbale
from reviews.programme.models import Mechanism
from reviews.speakers import NominatingState


def record_notes(built: Collection[str], users: dict[Person, User]) -> None:
    """The notes for reviews that were just built, each recorded by the focal point of its State."""
    for row in read("notes.json"):
        if row["review"] in built:
            note = _submitted(row, users)
            if row["is_approved"]:
                officer = next(user for person, user in users.items() if person.role == SecretariatRole.OFFICER)
                approve_note(actor=officer, note=note, seen=fingerprint_of(note, list(nominations_of(note))))


def _submitted(row: dict[str, object], users: dict[Person, User]) -> NoteVerbale:
    focal_point = next(
        user
        for person, user in users.items()
        if (person.state, person.role) == (row["state"], ParticipationRole.FOCAL_POINT)
    )
    place = NominatingState(Mechanism.objects.get(slug=LARGE), StateParty.objects.get(iso3=row["state"]))
    content = (settings.FIXTURES_DIR / "demo" / "note_verbale.pdf").read_bytes()
    today = timezone.localdate()
    given = NoteInput(
        f"{row['number']}/{today:%Y}",
        today - dt.timedelta(days=4),
        SimpleUploadedFile("note-verbale.pdf", content, "application/pdf"),
    )
    note = record_note(actor=focal_point, place=place, given=given)
    people = [Naming(review=str(row["review"]), **person) for person in row["people"]]  # type: ignore[attr-defined]
    add_nominations(actor=focal_point, note=note, namings=people)
    return submit_note(actor=focal_point, note=note)
