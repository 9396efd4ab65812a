"""Reads answers out of what a page sends: one item by autosave, or a whole section without JavaScript."""

from collections.abc import Iterable
from contextlib import suppress
from itertools import zip_longest
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.web.numbers import NO_NUMBER, posted_number
from questionnaires.answers.services import AnswerInput
from questionnaires.definitions import Item
from questionnaires.definitions.enums import QuestionKind


def read_answer(data: QueryDict, code: str, *, prefix: str = "") -> AnswerInput:
    """The answer to one item from the fields of a page or of its script (docs/autosave.md).

    Raises ServiceError where ``base`` or ``version`` is no number, which no page of ours sends.
    """
    citations = zip_longest(*(data.getlist(f"{prefix}{name}") for name in ("law", "provision", "link")), fillvalue="")
    return AnswerInput(
        code=code,
        choices=data.getlist(f"{prefix}choices"),
        text=data.get(f"{prefix}text", ""),
        citations=[{"law": law, "provision": provision, "link": link} for law, provision, link in citations],
        base=_revision(data.get(f"{prefix}base", "0")),
        key=next(iter(_keys(data.getlist(f"{prefix}key"))), None),
        unsure=_keys(data.getlist(f"{prefix}unsure")),
        is_outside_competence=f"{prefix}outside" in data,
        version=read_version(data),
    )


def _keys(values: Iterable[str]) -> list[UUID]:
    """Names of saves. What is none was not given by a page of ours, and names nothing."""
    keys = []
    for value in values:
        with suppress(ValueError):
            keys.append(UUID(value))
    return keys


def read_version(data: QueryDict) -> int:
    """The number of the version that the page shows, 0 where it does not say. Raises ServiceError as above."""
    return _revision(data.get("version", "0"))


def _revision(value: str) -> int:
    number = posted_number(value)
    if number == NO_NUMBER:
        raise ServiceError(_("This page is out of date. Reload it; what you typed is still on it."), field="base")
    return number


def read_section(data: QueryDict, items: Iterable[Item]) -> list[AnswerInput]:
    """The answers to those items that the page had (it sends their ``base``). Raises ServiceError as above."""
    return [
        read_answer(data, item.code, prefix=f"{item.code}-")
        for item in items
        if item.kind != QuestionKind.GROUP and f"{item.code}-base" in data
    ]
