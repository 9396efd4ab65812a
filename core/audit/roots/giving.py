"""Gives one root a day over the heads of all chains, and keeps it as a row and as a file."""

import datetime as dt
import logging
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from core import audit
from core.audit.roots.heads import heads_now, kept_heads
from core.audit.roots.keys import RecordKeyError, fingerprint_of, named_key, pem_of, public_key_of
from core.audit.roots.statements import NO_ROOT, canonical, file_name_of, file_of, hash_of, key_file_name, statement_of
from core.audit.roots.tree import Leaf, Tree
from core.models import RecordHead, RecordRoot, RecordRootSecret

logger = logging.getLogger(__name__)
_LOCK = 658712
_SEED_BYTES = 32


def give_root(day: dt.date) -> RecordRoot:
    """The root of this day: made at the first call, and afterwards the same. Its file is written where it is missing.

    So is that of the root before, whose worker may have died between row and file. Without a usable key it is not
    signed, and the log says so: an unsigned root still shows what was cut. Call it outside of a transaction, as the
    file is there for good.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:  # two workers make one root
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = RecordRoot.objects.order_by("-number").first()
        root = last if last and last.day >= day else _make(day, last)
    for each in filter(None, (last, root)):
        write_files(each)
    return root


def _make(day: dt.date, last: RecordRoot | None) -> RecordRoot:
    seed = secrets.token_bytes(_SEED_BYTES)
    kept = kept_heads(last)
    now = heads_now()
    # A chain that has gone keeps its place: with nothing in it.
    leaves = {**{chain: Leaf(chain, 0, audit.GENESIS_HASH) for chain in kept}, **now}
    root = RecordRoot(
        number=last.number + 1 if last else 1,
        day=day,
        earlier=last.hash if last else NO_ROOT,
        tree=Tree(leaves.values(), seed).top,
    )
    _sign(root)
    root.save(force_insert=True)
    RecordRootSecret.objects.create(root=root, seed=seed.hex())
    RecordHead.objects.bulk_create(
        RecordHead(root=root, **leaf._asdict()) for chain, leaf in sorted(leaves.items()) if kept.get(chain) != leaf
    )
    return root


def _sign(root: RecordRoot) -> None:
    try:
        key = named_key()
    except RecordKeyError as error:
        logger.critical("the root of %s is not signed: %s", root.day, error)
        key = None
    else:
        if key is None:
            logger.warning("the root of %s is not signed: RECORD_KEY_FILE names no key", root.day)
    if key is not None:
        root.public_key = public_key_of(key)
        root.key = fingerprint_of(root.public_key)
    said = canonical(statement_of(root))
    root.signature = key.sign(said).hex() if key else ""
    root.hash = hash_of(root)


def write_files(root: RecordRoot) -> None:
    """The file of a root, and the public key beside it; what is there already is left alone."""
    folder = Path(settings.RECORD_ROOTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / file_name_of(root), file_of(root))
    if root.public_key:
        _write(folder / key_file_name(root.key), pem_of(root.public_key))


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    unfinished = path.with_name(f".{path.name}.new")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
