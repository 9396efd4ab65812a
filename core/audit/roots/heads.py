"""The heads of all chains: as they are now, and as they were under a root."""

from core.audit.roots.tree import Leaf
from core.models import AuditEntry, RecordHead, RecordRoot


def heads_now() -> dict[str, Leaf]:
    """One query, whatever the number of chains."""
    last = AuditEntry.objects.exclude(sequence=None).order_by("chain", "-sequence").distinct("chain")
    return {chain: Leaf(chain, sequence, value) for chain, sequence, value in last.values_list(*Leaf._fields)}


def kept_heads(root: RecordRoot | None) -> dict[str, Leaf]:
    """The heads over which ``root`` was made; one query."""
    if root is None:
        return {}
    # By the column: by ``root`` Django would take the order of roots, which is the other way round.
    kept = RecordHead.objects.filter(root__lte=root.pk).order_by("chain", "-root_id").distinct("chain")
    return {chain: Leaf(chain, sequence, value) for chain, sequence, value in kept.values_list(*Leaf._fields)}
