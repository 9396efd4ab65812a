"""Writes the record of acts: who did what to which thing, for which State; chained by SHA-256 (docs/audit.md).

There is a chain for each review, one for each mechanism, and ``PORTAL`` for what belongs to none. Core knows no app:
each registers where the acts on its models belong (``register``) and how its acts are called (``register_verbs``).
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.hashes import document_hash, text_hash
from core.models import AuditEntry
from core.models.names import audit_name_of, model_named
from core.policy import Actor, SystemActor
from core.security_events import is_of_security, tell_act

PORTAL = "portal"
GENESIS_HASH = "0" * 64
SYSTEM_ADDRESS = "system"  # tasks and commands come from no machine
_NONCE_BYTES = 16
_CHUNK = 500

Label = str | Promise


@dataclass(frozen=True, slots=True)
class AuditPlace:
    """Where an act belongs: its chain, for which State it was done, which ones it concerns, in whose room it stays.

    States by ISO codes. An empty ``room`` is the shared table, an empty ``acting_state`` the secretariat or the system.
    """

    chain: str = PORTAL
    acting_state: str = ""
    concerned_states: tuple[str, ...] = ()
    room: str = ""


class ChainHead(NamedTuple):
    """The last entry of a chain at some moment; whoever keeps it can tell whether what lay before was changed."""

    chain: str
    sequence: int
    hash: str

    @property
    def words(self) -> str:
        """Sequence and hash, in groups that a person can compare; the verifier takes it in this form."""
        return " ".join([str(self.sequence), *self.groups])

    @property
    def groups(self) -> list[str]:
        return [self.hash[place : place + 8] for place in range(0, len(self.hash), 8)]


class Break(NamedTuple):
    """The first place of a chain where something does not fit."""

    chain: str
    sequence: int


Locate = Callable[[Any, str, Any], AuditPlace]
_locators: dict[type[models.Model], Locate] = {}
_verbs: dict[str, Label] = {}
_address: ContextVar[str] = ContextVar("address", default=SYSTEM_ADDRESS)


def register(model: type[models.Model], locate: Locate) -> None:
    """Make ``locate(actor, verb, target)`` say where acts on a model belong; others go to ``PORTAL``."""
    _locators[model] = locate


def register_verbs(labels: Mapping[str, Label]) -> None:
    """Say how acts are called on pages, by verb."""
    _verbs.update(labels)


def verb_label(verb: str) -> Label:
    """What an act is called; the verb itself where no app has said it (a test looks for those)."""
    return _verbs.get(verb) or _reference_label(verb) or verb


def known_verbs() -> list[str]:
    """All verbs that apps have named, in alphabetical order."""
    return sorted(_verbs)


def has_label(verb: str) -> bool:
    return verb_label(verb) != verb


def _reference_label(verb: str) -> Label:
    """What an act on reference data is called (``core.reference_site`` makes those verbs); empty for others."""
    name, _dot, act = verb.rpartition(".")
    words = {"added": _("added: %(thing)s"), "changed": _("changed: %(thing)s"), "deleted": _("deleted: %(thing)s")}
    try:
        thing = model_named(name)._meta.verbose_name
    except LookupError:
        return ""
    return words[act] % {"thing": thing} if act in words else ""


def place_of(actor: Actor, verb: str, target: models.Model) -> AuditPlace:
    locate = _locators.get(type(target))
    return locate(actor, verb, target) if locate else AuditPlace()


@contextmanager
def from_address(address: str) -> Iterator[None]:
    """Acts inside come from the machine with this address; of a program, with its token by name behind it."""
    token = _address.set(address or SYSTEM_ADDRESS)
    try:
        yield
    finally:
        _address.reset(token)


def record(
    actor: Actor,
    verb: str,
    target: models.Model,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    place: AuditPlace | None = None,
) -> AuditEntry:
    """Append one entry. ``verb`` is past tense with its app, e.g. ``questionnaires.response.cleared``.

    ``before`` and ``after`` hold facts, never confidential text. ``place`` is given where the circumstances of the act
    say where it belongs, and not its target alone (see ``register``). The entry stands or falls with the caller's
    transaction, and is given its place in its chain when that commits: until then nobody waits for anybody.
    """
    entry = _entry(actor, verb, target, before, after, reason, place)
    with transaction.atomic():
        entry.save(force_insert=True)
    _tell_after_the_commit([entry])
    return entry


def record_all(actor: Actor, verb: str, targets: Iterable[tuple[models.Model, dict[str, Any]]]) -> None:
    """Append an entry for each of several things, with what holds ``after`` it, by one statement."""
    entries = [_entry(actor, verb, target, None, after, "", None) for target, after in targets]
    with transaction.atomic():
        AuditEntry.objects.bulk_create(entries)
    _tell_after_the_commit(entries)


def _tell_after_the_commit(entries: Iterable[AuditEntry]) -> None:
    """To whoever watches security events; the record itself does not wait for that."""
    for entry in entries:
        if is_of_security(entry.verb):
            tell = partial(
                tell_act,
                entry.verb,
                person=entry.actor_id,
                address=entry.address,
                target_type=entry.target_type,
                target=entry.target_id,
            )
            transaction.on_commit(tell, robust=True)


def _entry(
    actor: Actor,
    verb: str,
    target: models.Model,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    reason: str,
    place: AuditPlace | None,
) -> AuditEntry:
    if isinstance(actor, SystemActor) and actor.person is not None:
        actor = actor.person
    place = place or place_of(actor, verb, target)
    # Whoever is not signed in is nobody's account, and is refused here: such an entry would look like the system's.
    person: Any = None if isinstance(actor, SystemActor) else actor
    entry = AuditEntry(
        chain=place.chain,
        at=timezone.now(),
        actor=person,
        actor_label=str(actor)[:200],
        acting_state=place.acting_state,
        concerned_states=list(place.concerned_states),
        room=place.room,
        address=_address.get()[:45],
        address_nonce=secrets.token_hex(_NONCE_BYTES),
        verb=verb,
        target_type=audit_name_of(target),
        target_id=str(target.pk),
        target_label=str(target)[:200],
        before=before,
        after=after,
        reason=reason,
        nonce=secrets.token_hex(_NONCE_BYTES),
    )
    entry.content_hash = document_hash(content_of(entry))
    return entry


def content_of(entry: AuditEntry) -> dict[str, Any]:
    """What an entry says, as it is hashed. The address is behind a hash of its own: it is told to fewer people."""
    content = {
        "acting_state": entry.acting_state,
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "actor_name": entry.actor_label,
        "address_hash": document_hash({"address": entry.address, "nonce": entry.address_nonce}),
        "after": entry.after,
        "at": entry.at.isoformat(),
        "before": entry.before,
        "concerned_states": entry.concerned_states,
        "nonce": entry.nonce,
        "reason": entry.reason,
        "room": entry.room,
        "target": {"id": entry.target_id, "label": entry.target_label, "type": entry.target_type},
        "verb": entry.verb,
    }
    return content | {"earlier_hash": entry.earlier_hash} if entry.earlier_hash else content


def chained_hash(previous_hash: str, content_hash: str, chain: str, sequence: int) -> str:
    """The hash of an entry in its place; the database works it out in the same way (migration 0002)."""
    return text_hash(f"{previous_hash}\n{content_hash}\n{chain}\n{sequence}")


def chain_now() -> None:
    """Give what this transaction has recorded its places now. Only for those who must know the hashes before it ends:
    the chains are held from here on.
    """
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS core_audit_chain IMMEDIATE")
            cursor.execute("SET CONSTRAINTS core_audit_chain DEFERRED")


def head_of(chain: str) -> ChainHead | None:
    """The last entry of a chain; None where there is none."""
    last = AuditEntry.objects.filter(chain=chain).exclude(sequence=None).order_by("-sequence")
    return _head(last)


def head_at(target: models.Model, verb: str, **facts: Any) -> ChainHead | None:
    """The chain as it stood with the last act of this kind on a target, ``facts`` being those told after it."""
    found = AuditEntry.objects.filter(
        target_type=audit_name_of(target), target_id=str(target.pk), verb=verb, sequence__gt=0
    )
    return _head((found.filter(after__contains=facts) if facts else found).order_by("-id"))


def _head(entries: models.QuerySet[AuditEntry]) -> ChainHead | None:
    row = entries.values_list("chain", "sequence", "hash").first()
    return ChainHead(row[0], row[1] or 0, row[2]) if row else None


def chains() -> list[str]:
    """The names of all chains, in alphabetical order."""
    return list(AuditEntry.objects.order_by("chain").values_list("chain", flat=True).distinct())


def first_break(chain: str, *, after: ChainHead | None = None) -> Break | None:
    """Verify a chain (that part which follows ``after``); give the first place that does not fit, or None.

    Reads it in pieces, so that its length costs time and no memory.
    """
    number, previous_hash = (after.sequence, after.hash) if after else (0, GENESIS_HASH)
    if after and not AuditEntry.objects.filter(chain=chain, sequence=number, hash=previous_hash).exists():
        return Break(chain, number)
    entries = AuditEntry.objects.filter(Q(sequence=None) | Q(sequence__gt=number), chain=chain)
    for entry in entries.order_by(models.F("sequence").asc(nulls_last=True)).iterator(chunk_size=_CHUNK):
        number += 1
        is_right = (
            entry.sequence == number
            and entry.previous_hash == previous_hash
            and entry.content_hash == document_hash(content_of(entry))
            and entry.hash == chained_hash(previous_hash, entry.content_hash, chain, number)
        )
        if not is_right:
            return Break(chain, number)
        previous_hash = entry.hash
    return None


def first_break_anywhere() -> Break | None:
    """Verify all chains."""
    return next((found for chain in chains() if (found := first_break(chain))), None)
