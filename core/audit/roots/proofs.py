"""Leads from a chain to a root: what a State needs to prove its chain without us, and nothing of other chains."""

from typing import Any

from core.audit.roots.heads import kept_heads
from core.audit.roots.statements import published
from core.audit.roots.tree import Tree, salt_of
from core.models import RecordRoot


def proof_for(chain: str, root: RecordRoot | None) -> dict[str, Any] | None:
    """The root with the head of the chain under it and the path from there; None where the chain is younger."""
    heads = kept_heads(root)
    if root is None or chain not in heads:
        return None
    seed, leaf = bytes.fromhex(root.secret.seed), heads[chain]
    return {
        **published(root),
        "proof": {
            "hash": leaf.hash,
            "path": Tree(heads.values(), seed).path(chain),
            "salt": salt_of(seed, chain),
            "sequence": leaf.sequence,
        },
    }
