"""Compares the record with every root that was ever given out, roots with each other, and their rows with files."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef

from core.audit.roots.statements import file_name_of, file_of, fits
from core.audit.roots.tree import Leaf, Tree
from core.enums import RootFault
from core.models import AuditEntry, RecordHead, RecordRoot

_CHUNK = 500


class RootFinding(NamedTuple):
    """What does not hold. ``chain`` and ``sequence`` are named where an entry is gone that was there under a root."""

    fault: RootFault
    day: dt.date
    chain: str = ""
    sequence: int = 0

    def __str__(self) -> str:
        of = f" ({self.chain}, entry {self.sequence})" if self.chain else ""
        return f"Root of {self.day.isoformat()}: {self.fault.label}{of}."


def findings() -> list[RootFinding]:
    """Everything that does not hold, in a constant number of queries."""
    roots = list(RecordRoot.objects.select_related("secret").order_by("number"))
    return [*_heads_gone(), *_altered(roots), *_unlike_their_files(roots)]


def _heads_gone() -> Iterator[RootFinding]:
    """The first head of each chain that the chain has had and has no more."""
    there = AuditEntry.objects.filter(chain=OuterRef("chain"), sequence=OuterRef("sequence"), hash=OuterRef("hash"))
    gone = RecordHead.objects.filter(~Exists(there), sequence__gt=0).select_related("root")
    for head in gone.order_by("chain", "root_id").distinct("chain"):
        yield RootFinding(RootFault.HEAD_GONE, head.root.day, head.chain, head.sequence)


def _altered(roots: list[RecordRoot]) -> Iterator[RootFinding]:
    """Roots that are not what was given out, or not over the heads that were kept."""
    grown: Mapping[int, list[Leaf]] = defaultdict(list)
    rows = RecordHead.objects.order_by("id").values_list("root", *Leaf._fields)
    for number, chain, sequence, value in rows.iterator(chunk_size=_CHUNK):
        grown[number].append(Leaf(chain, sequence, value))
    heads: dict[str, Leaf] = {}
    before: RecordRoot | None = None
    for root in roots:
        heads |= {leaf.chain: leaf for leaf in grown[root.number]}
        if not fits(root, before):
            yield RootFinding(RootFault.ALTERED, root.day)
        elif not hasattr(root, "secret") or Tree(heads.values(), bytes.fromhex(root.secret.seed)).top != root.tree:
            yield RootFinding(RootFault.OTHER_HEADS, root.day)
        before = root


def other_key(root: RecordRoot) -> list[RootFinding]:
    """That a root was given out under another key than the one before it, or under none any more."""
    before = RecordRoot.objects.filter(number=root.number - 1).first()
    changed = before is not None and before.key and before.key != root.key
    return [RootFinding(RootFault.OTHER_KEY, root.day)] if changed else []


def _unlike_their_files(roots: list[RecordRoot]) -> Iterator[RootFinding]:
    folder = Path(settings.RECORD_ROOTS_DIR)
    names = {path.name for path in folder.glob("root-*.json")}
    for root in roots:
        name = file_name_of(root)
        if name not in names:
            yield RootFinding(RootFault.FILE_MISSING, root.day)
        elif (folder / name).read_bytes() != file_of(root):
            yield RootFinding(RootFault.FILE_DIFFERS, root.day)
    for name in sorted(names - {file_name_of(root) for root in roots}):
        try:
            day = dt.date.fromisoformat(name.removeprefix("root-").removesuffix(".json"))
        except ValueError:
            continue  # no name of ours
        yield RootFinding(RootFault.CUT, day)
