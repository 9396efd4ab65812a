"""Marks of what a form has shown beside the text, to be compared with themselves when it comes back."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from observations.needs import NeedInput, as_kept


def mark_of_needs(needs: Sequence[NeedInput]) -> str:
    return _mark([{**kept, "articles": sorted(kept["articles"])} for kept in as_kept(needs)])


def mark_of_links(links: Iterable[str]) -> str:
    return _mark(sorted(links))


def _mark(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]
