"""What a page of earlier answers sends: which were chosen, and for which save of each box."""

from collections.abc import Iterable
from uuid import UUID

from django.http import QueryDict

from core.web.numbers import posted_number
from questionnaires.reuse.services import ChosenAnswer


def chosen_in(data: QueryDict, values: Iterable[str]) -> list[ChosenAnswer]:
    """Of ``code|submission:code``, each once; what is none of these is left out."""
    found: dict[str, ChosenAnswer] = {}
    for value in values:
        code, _bar, key = value.partition("|")
        if code and _is_key(key):
            found[code] = ChosenAnswer(code, key, posted_number(data.get(f"seen-{code}")))
    return list(found.values())


def _is_key(key: str) -> bool:
    submission, colon, _code = key.partition(":")
    try:
        return bool(colon) and bool(UUID(submission))
    except ValueError:
        return False
