"""What of a record of acts a reader may find.

Of a review's record a State reads the acts done for it and those on what lies on the shared table, never acts in
another State's room; of a mechanism's record the acts that concern this State alone (docs/adr/0013).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.people import secretariat_role
from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.audit.roots.proofs import proof_for
from core.models import AuditEntry, RecordRoot
from reviews.capacities import capacity_of, chain_of_review
from reviews.cases.models import Review
from reviews.programme.models import Mechanism

ALL, SECRETARIAT_TABLE = "all", "secretariat"
_READ_ALL = frozenset({SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR})


@dataclass(frozen=True, slots=True)
class RecordScope:
    """For whom a record is read: a State by its ISO code, the secretariat, or those who read all.

    A mechanism's record has no shared table: what lies in no room there is the secretariat's (such as a draw before it
    is published), and ``reads_table`` is False.
    """

    chain: str
    reader: str
    reads_table: bool = True

    @property
    def condition(self) -> Q:
        if self.reader == ALL:
            return Q()
        if self.reader == SECRETARIAT_TABLE:
            return Q(room="")
        own = Q(room=self.reader) | Q(acting_state=self.reader)
        return own | Q(room="") if self.reads_table else own

    def reads(self, entry: AuditEntry) -> bool:
        """The same in Python, for entries that are at hand."""
        if self.reader in {ALL, SECRETARIAT_TABLE}:
            return self.reader == ALL or not entry.room
        is_open = self.reads_table and not entry.room
        return is_open or self.reader in {entry.room, entry.acting_state}

    def reads_address(self, entry: AuditEntry) -> bool:
        """From where people act is told to their own State, and to those who read all."""
        return self.reader == ALL or self.reader == entry.acting_state


def scope_of(user: User, review: Review) -> RecordScope:
    """What the person reads; the caller has asked the policy (``ReviewAction.READ_RECORD``)."""
    capacity, chain = capacity_of(user, review), chain_of_review(review)
    if capacity is not None:
        return RecordScope(chain, StateParty.objects.values_list("iso3", flat=True).get(pk=capacity.state_party_id))
    return RecordScope(chain, ALL if secretariat_role(user) in _READ_ALL else SECRETARIAT_TABLE)


def scope_of_state(mechanism: Mechanism, state: StateParty) -> RecordScope:
    """What a State reads of a mechanism's record; the caller has asked the policy."""
    return RecordScope(mechanism.slug, state.iso3, reads_table=False)


def entries_for(scope: RecordScope) -> QuerySet[AuditEntry]:
    """What the reader may read of the chain, the newest first."""
    return AuditEntry.objects.filter(scope.condition, chain=scope.chain).exclude(sequence=None).order_by("-sequence")


def names_of_codes(codes: set[str]) -> dict[str, str]:
    """Names of States by ISO code; one query."""
    return {state.iso3: state.name for state in StateParty.objects.filter(iso3__in=codes)}


def file_name_of_slice(scope: RecordScope) -> str:
    return f"{scope.chain.replace('/', '-')}-{scope.reader}-record.json"


def slice_of(scope: RecordScope, roots: Iterable[RecordRoot] = ()) -> dict[str, Any]:
    """The whole chain as a document that proves itself: what the reader may read in full, hashes of the rest.

    With the way from the chain to each of ``roots`` that is not older than the chain.
    """
    entries = AuditEntry.objects.filter(chain=scope.chain).exclude(sequence=None).order_by("sequence")
    written = [_written(scope, entry) for entry in entries.iterator(chunk_size=500)]
    last = written[-1] if written else {"sequence": 0, "hash": audit.GENESIS_HASH}
    return {
        "format": "record-of-acts",
        "format_version": 2,
        "chain": scope.chain,
        "reader": scope.reader,
        "head": {"sequence": last["sequence"], "hash": last["hash"]},
        "entries": written,
        "roots": [proof for root in roots if (proof := proof_for(scope.chain, root))],
    }


def _written(scope: RecordScope, entry: AuditEntry) -> dict[str, Any]:
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
