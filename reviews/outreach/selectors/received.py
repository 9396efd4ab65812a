"""What missions have sent by their links, for the officers who take it over and for the mission itself."""

from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from accounts.links.models import StateLink
from accounts.people import SECRETARIAT, secretariat_role
from accounts.people.models import User
from core.database.identity import at_the_door
from core.errors import found
from core.hashes import document_hash
from reviews.nominations import Naming
from reviews.outreach.enums import ReceivedStatus
from reviews.outreach.models import ReceivedNomination
from reviews.programme.models import Mechanism


def is_waiting() -> Q:
    """``ReceivedNomination.is_waiting`` for queries."""
    return Q(status=ReceivedStatus.RECEIVED) | Q(status=ReceivedStatus.TAKEN_OVER, note=None)


def received_in(mechanism: Mechanism) -> QuerySet[ReceivedNomination]:
    """Of all States, what waits first; the caller has asked for TAKE_OVER."""
    rows = ReceivedNomination.objects.filter(mechanism=mechanism)
    waits = Case(When(is_waiting(), then=Value(0)), default=Value(1))
    return rows.select_related("state_party", "note", "decided_by").order_by(waits, "-created_at")


def of_status(rows: QuerySet[ReceivedNomination], status: str) -> QuerySet[ReceivedNomination]:
    if status == ReceivedStatus.RECEIVED:
        return rows.filter(is_waiting())
    return rows.filter(status=status).exclude(is_waiting())


def get_received(mechanism: Mechanism, key: UUID) -> ReceivedNomination:
    """Raises Http404 where there is none; the caller has asked for TAKE_OVER."""
    rows = ReceivedNomination.objects.select_related("mechanism", "state_party", "note__mechanism", "decided_by")
    return found(rows.filter(mechanism=mechanism, pk=key).first())


def received_waiting(user: User) -> dict[UUID, int]:
    """By mechanism: how much waits for an officer to take it over."""
    if secretariat_role(user) not in SECRETARIAT:
        return {}
    rows = ReceivedNomination.objects.filter(is_waiting()).order_by()
    return dict(rows.values("mechanism").annotate(number=Count("pk")).values_list("mechanism", F("number")))


def sent_by_mission(link: StateLink) -> list[ReceivedNomination]:
    """What this mission has sent, by this link or by one before that went to the same address; the latest first."""
    with at_the_door():
        rows = ReceivedNomination.objects.filter(
            mechanism__slug=link.about, state_party=link.state_party_id, link__address=link.address
        )
        return list(rows.order_by("-created_at"))


def seen_of(received: ReceivedNomination) -> str:
    """A fingerprint of all that an officer decides on, and of whether somebody has decided."""
    return document_hash({"digest": received.digest, "status": received.status, "note": str(received.note_id or "")})


def namings_of(received: ReceivedNomination) -> list[Naming]:
    """Those whom it names, one for each review."""
    return [
        Naming(**{name: value for name, value in person.items() if name != "reviews"}, review=code)
        for person in received.people
        for code in person["reviews"]
    ]
