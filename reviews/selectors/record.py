"""The record of acts of a review: where an act belongs, and what of the record a reader may find.

A State reads the acts done for it and those on what lies on the shared table, never acts in another State's room
(docs/adr/0013).
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.enums import SecretariatRole
from accounts.models import StateParty, User
from core import audit
from core.audit import Place
from core.models import AuditEntry
from core.policy import Actor
from reviews.models import Mechanism, Review
from reviews.permissions import hat_of, secretariat_role

ALL, SECRETARIAT_TABLE = "all", "secretariat"
_READ_ALL = frozenset({SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR})


def chain_of_review(review: Review) -> str:
    return f"{review.mechanism.slug}/{review.code}"


def place_in_review(actor: Actor, review: Review, *, room_id: Any = None) -> Place:
    """In the chain of a review. ``room_id`` is the key of the State in whose room the act stays; one query."""
    codes = _codes_of_states(review)
    hat = hat_of(actor, review)
    room = codes.get(room_id, AuditEntry.NOBODY) if room_id else ""
    return Place(
        chain=chain_of_review(review),
        acting_state=codes.get(hat.state_party_id, "") if hat else "",
        concerned_states=(room,) if room else tuple(sorted(codes.values())),
        room=room,
    )


def place_of_request(actor: Actor, review: Review) -> Place:
    """That a State asked for a document is nobody else's business: such an act stays in its own room."""
    hat = hat_of(actor, review)
    return place_in_review(actor, review, room_id=hat.state_party_id if hat else None)


def place_in_mechanism(actor: Actor, mechanism: Mechanism, *, state: StateParty | None = None) -> Place:
    """In the chain of a mechanism; where a ``state`` is named, it alone is concerned, and a delegate acts for it."""
    if state is None:
        return Place(chain=mechanism.slug)
    is_delegate = isinstance(actor, User) and not actor.secretariat_role
    return Place(mechanism.slug, state.iso3 if is_delegate else "", (state.iso3,), state.iso3)


def _codes_of_states(review: Review) -> dict[Any, str]:
    """ISO codes of the States of a review by their keys."""
    taking_part = Q(pk=review.state_under_review_id) | Q(reviews_performed__review=review)
    return dict(StateParty.objects.filter(taking_part).values_list("pk", "iso3"))


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a record is read: a State by its ISO code, the secretariat, or those who read all."""

    reader: str

    @property
    def condition(self) -> Q:
        if self.reader == ALL:
            return Q()
        if self.reader == SECRETARIAT_TABLE:
            return Q(room="")
        return Q(room="") | Q(room=self.reader) | Q(acting_state=self.reader)

    def reads(self, entry: AuditEntry) -> bool:
        """The same in Python, for entries that are at hand."""
        if self.reader in {ALL, SECRETARIAT_TABLE}:
            return self.reader == ALL or not entry.room
        return entry.room in {"", self.reader} or entry.acting_state == self.reader

    def reads_address(self, entry: AuditEntry) -> bool:
        """From where people act is told to their own State, and to those who read all."""
        return self.reader == ALL or self.reader == entry.acting_state


def scope_of(user: User, review: Review) -> Scope:
    """What the person reads; the caller has asked the policy (``ReviewAction.READ_RECORD``)."""
    hat = hat_of(user, review)
    if hat is not None:
        return Scope(StateParty.objects.values_list("iso3", flat=True).get(pk=hat.state_party_id))
    return Scope(ALL if secretariat_role(user) in _READ_ALL else SECRETARIAT_TABLE)


def entries_for(scope: Scope, review: Review) -> QuerySet[AuditEntry]:
    """What the reader may read of a review's chain, the newest first."""
    entries = AuditEntry.objects.filter(scope.condition, chain=chain_of_review(review)).exclude(sequence=None)
    return entries.order_by("-sequence")


def names_of_codes(codes: set[str]) -> dict[str, str]:
    """Names of States by ISO code; one query."""
    return {state.iso3: state.name for state in StateParty.objects.filter(iso3__in=codes)}


def file_name_of_slice(scope: Scope, review: Review) -> str:
    return f"{review.mechanism.slug}-{review.code}-{scope.reader}-record.json"


def slice_of(scope: Scope, review: Review) -> dict[str, Any]:
    """The whole chain as a document that proves itself: what the reader may read in full, hashes of the rest."""
    chain = chain_of_review(review)
    entries = AuditEntry.objects.filter(chain=chain).exclude(sequence=None).order_by("sequence")
    written = [_written(scope, entry) for entry in entries.iterator(chunk_size=500)]
    last = written[-1] if written else {"sequence": 0, "hash": audit.GENESIS_HASH}
    return {
        "format": "record-of-acts",
        "format_version": 1,
        "chain": chain,
        "reader": scope.reader,
        "head": {"sequence": last["sequence"], "hash": last["hash"]},
        "entries": written,
    }


def _written(scope: Scope, entry: AuditEntry) -> dict[str, Any]:
    written: dict[str, Any] = {
        "sequence": entry.sequence,
        "content_hash": entry.content_hash,
        "hash": entry.hash,
    }
    if scope.reads(entry):
        written["content"] = audit.content_of(entry)
        if scope.reads_address(entry):
            written["origin"] = {"address": entry.address, "nonce": entry.address_nonce}
    return written
