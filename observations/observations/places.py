"""Where observations stand in their list: in groups of one heading and the same articles, as the document sets them."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby
from typing import Any

from observations.texts.models import Observation


def _group_of(row: Observation) -> tuple[Any, ...]:
    return row.heading.order, sorted(article.number for article in row.articles.all())


def in_groups(rows: Iterable[Observation]) -> list[list[Observation]]:
    """``rows`` in the order of the list; what is moved moves within its group."""
    return [list(group) for _key, group in groupby(sorted(rows, key=_group_of), key=_group_of)]


def token_of(group: Iterable[Observation]) -> str:
    """An order, to be compared with itself."""
    return sha256("|".join(str(row.pk) for row in group).encode()).hexdigest()[:32]
