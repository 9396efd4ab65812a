"""One chain for each mechanism and review instead of one for all; the database chains what a transaction has recorded.

Entries of before are chained anew in their old order, each in the chain of what it was about where that is still
there, else in ``portal``. Their old hash is kept and hashed with the rest. Lost is what was never written down: for
which State an act was done, from where, and in whose room its target lay. Nobody but auditors and administrators reads
such entries, since they might be about a draft. A trail that does not fit is not carried over: the migration stops.
"""

import hashlib
import json
import secrets
from typing import Any

import pgtrigger.migrations
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from core.migrations._audit_guards import CHAIN, GUARD, REMOVAL

_GENESIS = "0" * 64


def _hash(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _old_hash(entry: Any) -> str:
    return _hash(
        {
            "sequence": entry.id,
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
    )


def _new_content(entry: Any) -> dict[str, Any]:
    return {
        "acting_state": entry.acting_state,
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "actor_name": entry.actor_label,
        "address_hash": _hash({"address": entry.address, "nonce": entry.address_nonce}),
        "after": entry.after,
        "at": entry.at.isoformat(),
        "before": entry.before,
        "concerned_states": entry.concerned_states,
        "earlier_hash": entry.earlier_hash,
        "nonce": entry.nonce,
        "reason": entry.reason,
        "room": entry.room,
        "target": {"id": entry.target_id, "label": entry.target_label, "type": entry.target_type},
        "verb": entry.verb,
    }


def _chain_of(apps: Any, entry: Any) -> str:
    """By the review or the mechanism that the target refers to."""
    try:
        target = apps.get_model(entry.target_type).objects.filter(pk=entry.target_id).first()
    except (LookupError, ValueError):
        return "portal"
    review = target if entry.target_type == "reviews.review" else getattr(target, "review", None)
    mechanism = getattr(review or target, "mechanism", None)
    if mechanism is None:
        return "portal"
    return f"{mechanism.slug}/{review.code}" if review else str(mechanism.slug)


def chain_anew(apps: Any, schema_editor: Any) -> None:
    """Verify the one chain, then give each entry a place in its own."""
    heads: dict[str, tuple[int, str]] = {}
    last_id, last_hash = 0, _GENESIS
    for entry in apps.get_model("core", "AuditEntry").objects.order_by("id").iterator(chunk_size=500):
        if (entry.id, entry.previous_hash, entry.hash) != (last_id + 1, last_hash, _old_hash(entry)):
            raise RuntimeError(f"The audit trail does not fit from entry {entry.id} on; it is not carried over.")
        last_id, last_hash = entry.id, entry.hash
        entry.chain, entry.earlier_hash = _chain_of(apps, entry), entry.hash
        entry.room, entry.address = "-", "unknown"
        entry.nonce, entry.address_nonce = secrets.token_hex(16), secrets.token_hex(16)
        entry.content_hash = _hash(_new_content(entry))
        number, entry.previous_hash = heads.get(entry.chain, (0, _GENESIS))
        entry.sequence = number + 1
        words = f"{entry.previous_hash}\n{entry.content_hash}\n{entry.chain}\n{entry.sequence}"
        entry.hash = hashlib.sha256(words.encode()).hexdigest()
        entry.save()
        heads[entry.chain] = (entry.sequence, entry.hash)


def refuse_to_unchain(apps: Any, schema_editor: Any) -> None:
    """Entries of several chains cannot go back into one."""
    if apps.get_model("core", "AuditEntry").objects.exists():
        raise RuntimeError("The record of acts is never taken apart.")


_NEXT_ID = (
    "SELECT setval(pg_get_serial_sequence('core_auditentry', 'id'), (SELECT coalesce(max(id), 0) + 1"
    " FROM core_auditentry), false)"
)


def _add(name: str, label: str, length: int) -> migrations.AddField:
    """A column that is filled by ``chain_anew`` and has no default afterwards."""
    field: Any = models.CharField(max_length=length, verbose_name=label, default="")
    return migrations.AddField("auditentry", name, field, preserve_default=False)


def _add_optional(name: str, label: str, length: int) -> migrations.AddField:
    field: Any = models.CharField(max_length=length, verbose_name=label, blank=True, default="")
    return migrations.AddField("auditentry", name, field, preserve_default=False)


def _alter(name: str, field: Any) -> migrations.AlterField:
    return migrations.AlterField("auditentry", name, field)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="auditentry", name="append_only"),
        migrations.AlterModelOptions(
            "auditentry",
            {"ordering": ["id"], "verbose_name": "audit entry", "verbose_name_plural": "audit entries"},
        ),
        migrations.RenameField("auditentry", "sequence", "id"),
        _alter("id", models.BigAutoField(primary_key=True, serialize=False)),
        migrations.AddField("auditentry", "sequence", models.BigIntegerField("sequence in the chain", null=True)),
        _add("chain", "chain", 100),
        _add_optional("acting_state", "for which State", 3),
        migrations.AddField(
            "auditentry",
            "concerned_states",
            ArrayField(models.CharField(max_length=3), blank=True, default=list, verbose_name="States concerned"),
        ),
        _add_optional("room", "room", 3),
        _add("address", "from where", 45),
        _add("address_nonce", "random number of the address", 32),
        _add("nonce", "random number of the content", 32),
        _add_optional("earlier_hash", "hash in the one chain of before", 64),
        _add("content_hash", "hash of the content", 64),
        _alter("previous_hash", models.CharField("previous hash", max_length=64, blank=True)),
        _alter("hash", models.CharField("hash", max_length=64, blank=True)),
        migrations.RunPython(chain_anew, refuse_to_unchain),
        migrations.RunSQL(_NEXT_ID, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "auditentry", models.UniqueConstraint(fields=["chain", "sequence"], name="one_entry_a_place")
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["id"], name="audit_to_be_chained", condition=models.Q(sequence=None)),
        ),
        migrations.RunSQL([GUARD, CHAIN], [REMOVAL]),
    ]
