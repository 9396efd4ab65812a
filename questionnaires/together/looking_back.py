"""How the answers of a section were at a moment, against how they are now."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from accounts.people.models import User
from questionnaires.answers import AnswerSave, compared
from questionnaires.definitions import Item, index_of
from questionnaires.overview import last_visit
from questionnaires.progress import EMPTY, AnswerSnapshot, answers_in
from questionnaires.responses import Sheet
from questionnaires.responses.models import Response, ResponseSubmission

VISIT, SENT = "visit", "sent"
"""Since the reader was here before, and since the answers were last sent."""


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """What an answer was at the moment, against what it is now; ``answer``: when it was saved last and by whom."""

    item: Item
    answer: AnswerSnapshot
    step: AnswerSave


@dataclass(frozen=True, slots=True)
class LookBack:
    """``number``: as which version the answers were written and sent at ``moment``; 0 where it is another moment."""

    since: str
    moment: dt.datetime
    changes: tuple[ChangedAnswer, ...]
    number: int = 0


def look_back(user: User, response: Response, items: Sequence[Item], sheet: Sheet, since: str) -> LookBack | None:
    """What of ``items`` has changed ``since``; None where there is no such moment. At most five queries."""
    now = answers_in(response, items, sheet)
    items = [item for item in items if item.code in now]
    if since == SENT:
        submission = ResponseSubmission.objects.filter(response=response).order_by("-number").first()
        if submission is None or not sheet.is_official:
            return None
        written = submission.written
        before = _sent(written, response, items, sheet)
        return LookBack(since, written.sent_at, _changes(items, before, now), written.number)
    visited = last_visit(user, response)
    if visited is None:
        return None
    return LookBack(since, visited, _changes(items, _as_of(visited, response, items, sheet), now))


def _changes(
    items: Iterable[Item], before: Mapping[str, AnswerSnapshot], now: Mapping[str, AnswerSnapshot]
) -> tuple[ChangedAnswer, ...]:
    found = []
    for item in items:
        old, new = before.get(item.code, EMPTY), now[item.code]
        if _content(old) != _content(new):
            found.append(ChangedAnswer(item, new, compared(new, old)))
    return tuple(found)


def _content(answer: AnswerSnapshot) -> tuple[object, ...]:
    citations = [{name: each.get(name, "") for name in ("law", "provision", "link")} for each in answer.citations]
    return answer.choices, answer.text, citations, answer.is_outside_competence


def _sent(
    written: ResponseSubmission, response: Response, items: Iterable[Item], sheet: Sheet
) -> Mapping[str, AnswerSnapshot]:
    """By the frozen document; by the saves of before where the answers have moved to another version since.

    By these too what was kept and not asked: the document does not speak of it.
    """
    document, kept = written.document, _as_of(written.sent_at, response, items, sheet)
    if document["questionnaire"]["version"] != index_of(response.version_id).number:
        return kept
    return {**kept, **{answer["code"]: _snapshot(answer) for answer in document["answers"]}}


def _snapshot(answer: Mapping[str, Any]) -> AnswerSnapshot:
    outside = answer.get("is_outside_competence", False)
    return AnswerSnapshot(
        tuple(answer["choices"]), answer["text"], tuple(answer["citations"]), 1, None, "", bool(outside)
    )


def _as_of(
    moment: dt.datetime, response: Response, items: Iterable[Item], sheet: Sheet
) -> Mapping[str, AnswerSnapshot]:
    """The last save of each answer that is not younger than the moment; one query."""
    index = index_of(response.version_id)
    answers = sheet.rows(response).filter(question__in=[index.question_ids[item.code] for item in items])
    saves = sheet.saves.filter(answer__in=answers, is_conflict=False, created_at__lte=moment)
    last = saves.order_by("answer", "-number").distinct("answer").annotate(question_key=F("answer__question"))
    return {
        index.codes[save.question_key]: AnswerSnapshot(
            tuple(save.choices),
            save.text,
            tuple(save.citations),
            save.number,
            save.created_at,
            "",
            save.is_outside_competence,
        )
        for save in last
    }
