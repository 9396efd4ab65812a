"""Answers go back to what a version says; every save stays in their history."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.people.models import User
from questionnaires.definitions import index_of
from questionnaires.progress import answers_of
from questionnaires.responses.models import Answer, AnswerRevision, Response, ResponseSubmission

_CONTENT = ("choices", "text", "citations", "is_outside_competence")
_NOTHING: dict[str, Any] = {"choices": [], "text": "", "citations": [], "is_outside_competence": False}


def put_back(actor: User, locked: Response, stands: ResponseSubmission) -> int:
    """Save each answer that says something else as it stands; the caller has locked the response. Gives how many.

    What is in no document, as it was not asked, becomes what it was when the answers of that version were frozen.
    """
    codes = index_of(locked.version_id).codes
    sent = {answer["code"]: {**_NOTHING, **answer} for answer in stands.document["answers"]}
    answers = list(answers_of(locked))
    then = _as_of([answer for answer in answers if codes[answer.question_id] not in sent], stands.frozen_at)
    number = 0
    for answer in answers:
        wanted = sent.get(codes[answer.question_id]) or then.get(answer.pk, _NOTHING)
        content = {name: wanted[name] for name in _CONTENT}
        if content != {name: getattr(answer, name) for name in _CONTENT}:
            _save(actor, answer, content)
            number += 1
    return number


def _as_of(answers: Sequence[Answer], at: dt.datetime) -> dict[UUID, dict[str, Any]]:
    """By answer, what it was at that moment, where it was saved before; one query."""
    saves = AnswerRevision.objects.filter(answer__in=answers, is_conflict=False, created_at__lte=at)
    last = saves.order_by("answer_id", "-number").distinct("answer_id")
    return {row["answer_id"]: row for row in last.values("answer_id", *_CONTENT)}


def _save(actor: User, answer: Answer, content: dict[str, Any]) -> None:
    for name, value in content.items():
        setattr(answer, name, value)
    answer.revision += 1
    answer.saved_by, answer.updated_at = actor, timezone.now()
    answer.save()
    AnswerRevision.objects.create(
        answer=answer,
        number=answer.revision,
        review_id=answer.review_id,
        room_id=answer.room_id,
        language=answer.language,
        saved_by=actor,
        **content,
    )
