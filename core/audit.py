"""Writes the audit trail: who did what to which thing, chained by SHA-256."""

from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from core.hashes import document_hash
from core.models import AuditEntry
from core.policy import Actor, SystemActor

_LOCK = 0x0A0D17  # any constant: one writer of the chain at a time
GENESIS_HASH = "0" * 64


def record(
    actor: Actor,
    verb: str,
    target: models.Model,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append one entry. ``verb`` is past tense with its app, e.g. ``questionnaires.response.cleared``.

    ``before`` and ``after`` hold facts, never confidential text. The entry stands or falls with the caller's
    transaction; the lock that keeps the sequence without gaps is held until that ends.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = AuditEntry.objects.order_by("-sequence").values("sequence", "hash").first()
        entry = AuditEntry(
            sequence=last["sequence"] + 1 if last else 1,
            at=timezone.now(),
            actor=None if isinstance(actor, SystemActor) else actor,
            actor_label=str(actor)[:200],
            verb=verb,
            target_type=target._meta.label_lower,
            target_id=str(target.pk),
            target_label=str(target)[:200],
            before=before,
            after=after,
            reason=reason,
            previous_hash=last["hash"] if last else GENESIS_HASH,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
    return entry


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over the previous hash and the row's content as canonical JSON."""
    content = {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "actor_label": entry.actor_label,
        "verb": entry.verb,
        "target": [entry.target_type, entry.target_id, entry.target_label],
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "previous_hash": entry.previous_hash,
    }
    return document_hash(content)


def first_broken_entry() -> int | None:
    """Verify the chain from the start; give the sequence of the first entry that does not fit, or None."""
    previous_hash, expected = GENESIS_HASH, 1
    for entry in AuditEntry.objects.order_by("sequence").iterator():
        if (entry.sequence, entry.previous_hash) != (expected, previous_hash) or entry.hash != entry_hash(entry):
            return entry.sequence
        previous_hash, expected = entry.hash, expected + 1
    return None
