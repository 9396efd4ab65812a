"""What a mission sends by its link: received, told to the officers, and taken over by one of them or set aside.

Nobody takes part by it: what is taken over is a note verbale being recorded, which another officer checks.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import router, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.links import get_link
from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from accounts.people import officers
from accounts.people.models import User
from core import audit
from core.database.identity import at_the_door
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.text import require_text
from core.policy import SystemActor, require
from reviews.cases.models import Review
from reviews.nominations import Naming, NoteInput, add_nominations, field_problems, record_note
from reviews.nominations.enums import NominationAction
from reviews.nominations.models import NoteVerbale
from reviews.outreach.enums import ReceivedStatus
from reviews.outreach.mails import notify_received
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.outreach.selectors.missions import waiting_reviews
from reviews.outreach.selectors.received import namings_of, seen_of
from reviews.outreach.tasks import carry_on_outreach_task
from reviews.programme import get_mechanism
from reviews.scans import check_scan, receive_scan, require_number
from reviews.speakers import NominatingState

MOST_BY_ONE_LINK = 20  # so that a link in wrong hands does not fill the list
_WORKER = SystemActor("reviews.carry_on_outreach")


@dataclass(frozen=True, slots=True)
class PersonInput:
    """One person as the mission names him or her; ``field``: where in the form, for what is wrong."""

    field: str
    role: str
    full_name: str
    job_title: str
    organization: str
    email: str
    language: str

    @property
    def facts(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if name != "field"}


@dataclass(frozen=True, slots=True)
class MissionInput:
    """What a mission gives: the note verbale, the reviews (codes) and the people whom it names for each of them."""

    number: str
    dated_on: dt.date
    scan: UploadedFile  # type: ignore[type-arg]
    reviews: Sequence[str]
    people: Sequence[PersonInput]


def receive_nomination(*, link: StateLink, given: MissionInput) -> ReceivedNomination:
    """Keep what the holder of a link has sent. The same sent twice is received once.

    Nobody is signed in: it is written at the door, in one row. Raises ServiceError with the field where something is
    wrong, and without one where the link has come to its end or has been used too often.
    """
    now = get_link(LinkPurpose.NOMINATION, link.pk)
    if now is None or not now.is_open:
        raise ServiceError(_("This link has come to its end meanwhile. Nothing was sent."))
    number = require_number(given.number)
    if given.dated_on > timezone.localdate():
        raise ServiceError(_("This day is still to come."), field="dated_on")
    waiting = {each.review.code for each in waiting_reviews(now.about, now.state_party)}
    if not given.reviews or not set(given.reviews) <= waiting:
        raise ServiceError(_("Choose among the reviews that wait for a focal point."), field="reviews")
    people = _checked(given)
    received = ReceivedNomination(
        mechanism=get_mechanism(now.about),
        state_party=now.state_party,
        link=now,
        number=number,
        dated_on=given.dated_on,
        people=people,
    )
    receive_scan(received, given.scan)
    sent = {"number": number, "dated_on": given.dated_on.isoformat(), "sha256": received.sha256, "people": people}
    received.digest = document_hash(sent)
    kept = _keep(received)
    transaction.on_commit(carry_on_outreach_task.delay, robust=True)
    return kept


def _keep(received: ReceivedNomination) -> ReceivedNomination:
    """At the door. Two posts by one link wait for each other: the second finds what the first has stored."""
    with at_the_door(), transaction.atomic(using=router.db_for_write(ReceivedNomination)):
        link = StateLink.objects.select_for_update().get(pk=received.link_id)
        if not link.is_open:
            raise ServiceError(_("This link has come to its end meanwhile. Nothing was sent."))
        before = ReceivedNomination.objects.filter(link=link)
        if same := before.filter(digest=received.digest).first():
            return same
        if before.count() >= MOST_BY_ONE_LINK:
            raise ServiceError(_("Too much was sent by this link. Write to the secretariat."))
        try:
            ReceivedNomination.objects.bulk_create([received])
        except Exception:
            received.scan.delete(save=False)  # no row names it
            raise
    return received


def _checked(given: MissionInput) -> list[dict[str, Any]]:
    if not given.people:
        raise ServiceError(_("Name the focal point, or an expert."), field="focal-full_name")
    addresses: set[str] = set()
    for person in given.people:
        naming = Naming(review=given.reviews[0], **person.facts)
        for name, problem in field_problems(naming).items():
            raise ServiceError(problem, field=f"{person.field}-{name}")
        if person.email in addresses:
            message = _("Two people have this address. Each needs one of his or her own.")
            raise ServiceError(message, field=f"{person.field}-email")
        addresses.add(person.email)
    return [{**person.facts, "reviews": sorted(set(given.reviews))} for person in given.people]


def tell_of_received() -> int:
    """Note in the record of acts what has come, and tell the officers; give how much. For workers alone, each once."""
    count = 0
    while _tell_oldest():
        count += 1
    return count


@transaction.atomic
def _tell_oldest() -> bool:
    rows = ReceivedNomination.objects.select_for_update(skip_locked=True, of=("self",)).filter(told_at=None)
    received = rows.select_related("mechanism", "state_party").order_by("created_at").first()
    if received is None:
        return False
    received.told_at = timezone.now()
    received.save(update_fields=["told_at", "updated_at"])
    after = {"state": received.state_party.iso3, "people": len(received.people), "sha256": received.sha256}
    audit.record(_WORKER, "reviews.receivednomination.received", received, after=after)
    codes = {code for person in received.people for code in person["reviews"]}
    reviews = Review.objects.filter(mechanism=received.mechanism, code__in=codes, officer__is_active=True)
    in_charge = officers().filter(pk__in=reviews.values("officer"))
    for officer in in_charge or officers():
        notify_received(officer, received)
    return True


@transaction.atomic
def take_over(*, actor: User, received: ReceivedNomination, seen: str) -> NoteVerbale:
    """Record what a mission has sent as a note verbale with its people; another officer checks it like any other.

    ``seen``: what the officer was shown (``selectors.received.seen_of``). Raises ServiceError where a colleague has
    decided meanwhile, where the note is recorded already, or with everybody who cannot be named as things stand;
    nothing has happened then.
    """
    locked = _lock(actor, received, seen)
    check_scan(locked)
    with locked.scan.open("rb") as file:
        scan = SimpleUploadedFile(locked.scan_name, file.read())
    letter = NominationLetter.objects.filter(link=locked.link_id).select_related("listed_by").first()
    given = NoteInput(
        locked.number,
        locked.dated_on,
        scan,
        came_by_link=True,
        written_by=locked.link.issued_by,
        listed_by=letter.listed_by if letter else None,
    )
    place = NominatingState(locked.mechanism, locked.state_party)
    note = record_note(actor=actor, place=place, given=given)
    add_nominations(actor=actor, note=note, namings=namings_of(locked))
    locked.note = note
    _decide(actor, locked, ReceivedStatus.TAKEN_OVER)
    audit.record(actor, "reviews.receivednomination.taken_over", locked, after={"note": str(note.pk)})
    return note


@transaction.atomic
def set_aside(*, actor: User, received: ReceivedNomination, reason: str, seen: str) -> ReceivedNomination:
    """Let nothing come of it, for a reason that colleagues read. Raises ServiceError like ``take_over``."""
    locked = _lock(actor, received, seen)
    locked.reason = require_text(reason, _("Say why it is set aside."), maximum=2000, field="reason")
    _decide(actor, locked, ReceivedStatus.SET_ASIDE)
    audit.record(actor, "reviews.receivednomination.set_aside", locked)
    return locked


def _lock(actor: User, received: ReceivedNomination, seen: str) -> ReceivedNomination:
    require(actor, NominationAction.TAKE_OVER)
    rows = ReceivedNomination.objects.select_for_update(of=("self",)).select_related(
        "mechanism", "state_party", "link__issued_by"
    )
    locked = rows.get(pk=received.pk)
    if not locked.is_waiting or seen_of(locked) != seen:
        raise ServiceError(_("A colleague has decided on this meanwhile. Look at what stands now."))
    return locked


def _decide(actor: User, received: ReceivedNomination, status: ReceivedStatus) -> None:
    received.status, received.decided_by, received.decided_at = status, actor, timezone.now()
    received.save(update_fields=["status", "note", "reason", "decided_by", "decided_at", "updated_at"])
