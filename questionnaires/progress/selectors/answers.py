"""The answers on a sheet, each as it stands, and every save of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left

from accounts.people.models import User
from questionnaires.definitions import AnswerValue, Item, index_of
from questionnaires.progress.selectors.written import BEGINNING, AnswerSnapshot
from questionnaires.responses import OFFICIAL, Sheet, may_read_whole_draft
from questionnaires.responses.models import Answer, Proposal, Response


def answers_of(response: Response, sheet: Sheet = OFFICIAL) -> QuerySet[Any]:
    """Those to the questions of its version; under those of an earlier one see ``moving``."""
    return sheet.rows(response).filter(question__version=response.version_id)


def answer_values(
    response: Response, question_ids: Iterable[UUID] | None = None, sheet: Sheet = OFFICIAL
) -> dict[str, AnswerValue]:
    """Choices, and whether there are words, of all answers (or of some): what conditions and counts need."""
    codes = index_of(response.version_id).codes
    answers = answers_of(response, sheet)
    if question_ids is not None:
        answers = answers.filter(question_id__in=question_ids)
    rows = answers.annotate(beginning=Left("text", BEGINNING)).values_list(
        "question_id", "choices", "beginning", "is_outside_competence"
    )
    return {codes[key]: AnswerValue(tuple(choices), beginning, outside) for key, choices, beginning, outside in rows}


def answers_in(response: Response, items: Iterable[Item], sheet: Sheet = OFFICIAL) -> dict[str, AnswerSnapshot]:
    """The stored answers of some items, by code."""
    index = index_of(response.version_id)
    rows = sheet.rows(response).filter(question_id__in=[index.question_ids[item.code] for item in items])
    return {index.codes[row.question_id]: snapshot(row) for row in rows.select_related("saved_by")}


def snapshot(answer: Answer | Proposal) -> AnswerSnapshot:
    return AnswerSnapshot(
        choices=tuple(answer.choices),
        text=answer.text,
        citations=tuple(answer.citations),
        revision=answer.revision,
        saved_at=answer.updated_at,
        saved_by=answer.saved_by.full_name,
        is_outside_competence=answer.is_outside_competence,
    )


def history_of(response: Response, code: str, sheet: Sheet = OFFICIAL) -> QuerySet[Any]:
    """Every save of one answer, the last first, those that came on top of an older one included."""
    question_id = index_of(response.version_id).question_ids[code]
    return (
        sheet.saves.filter(answer__in=sheet.rows(response).filter(question_id=question_id))
        .select_related("saved_by")
        .order_by("-created_at")
    )


def answers_last_saved_by(
    user: User, response: Response, writer: User, since: dt.datetime
) -> list[tuple[str, dt.datetime]]:
    """Code and time of the answers that ``writer`` was the last to save, for a reader of the whole draft; one query."""
    if not may_read_whole_draft(user, response):
        return []
    codes = index_of(response.version_id).codes
    rows = answers_of(response).filter(saved_by=writer, updated_at__gte=since).order_by("-updated_at")
    return [(codes[question_id], at) for question_id, at in rows.values_list("question_id", "updated_at")]
