"""What the page of a section shows of a sheet, in one query: all answers as far as they count, its own whole.

Counts and conditions need of each answer what is chosen and how its words begin; the form offers the laws that any of
them cites; and the answers of the one section are read word by word.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Left

from core.database.made_once import MadeOnce
from core.language.rendering import RenderedText
from questionnaires.definitions import AnswerValue, index_of
from questionnaires.responses import Sheet
from questionnaires.responses.models import Answer, Proposal, Response

BEGINNING = 200  # characters of an answer's words that counts and conditions look at


@dataclass(frozen=True, slots=True)
class AnswerSnapshot:
    """An answer as a page shows it. ``taken_over``: what a document that was sent says of where it came from."""

    choices: tuple[str, ...]
    text: str
    citations: tuple[Mapping[str, str], ...]
    revision: int
    saved_at: dt.datetime | None
    saved_by: str
    is_outside_competence: bool = False
    taken_over: Mapping[str, Any] | None = None


EMPTY = AnswerSnapshot((), "", (), 0, None, "")


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """``values``: of all answers, by code; ``answers``: those of the section ``whole``; ``laws``: named in any."""

    whole: UUID
    values: Mapping[str, AnswerValue] = field(default_factory=dict)
    answers: Mapping[str, AnswerSnapshot] = field(default_factory=dict)
    laws: tuple[str, ...] = ()


def written_on(response: Response, sheet: Sheet, section: UUID) -> WrittenSheet:
    """One query."""
    codes, asked = index_of(response.version_id).codes, {"version": response.version_id, "section": section}
    if sheet.is_official:
        rows = _OFFICIAL.rows(response=response.pk, **asked)
    else:
        rows = _PROPOSED.rows(response=response.pk, participation=sheet.participation_id, **asked)
    values: dict[str, AnswerValue] = {}
    answers: dict[str, AnswerSnapshot] = {}
    laws: set[str] = set()
    for key, is_here, choices, text, html, citations, outside, revision, saved_at, saved_by in rows:
        code = codes[key]
        values[code] = AnswerValue(tuple(choices), text[:BEGINNING], outside)
        laws.update(citation["law"] for citation in citations)
        if is_here:
            words, laws_of_it = RenderedText(text, html), tuple(citations)
            answers[code] = AnswerSnapshot(tuple(choices), words, laws_of_it, revision, saved_at, saved_by, outside)
    return WrittenSheet(section, values, answers, tuple(sorted(laws)))


def _rows(sheet: QuerySet[Any], version: UUID, section: UUID) -> QuerySet[Any, Any]:
    here = When(is_here=True, then=F("text"))
    rendered = When(is_here=True, then=F("text_html"))
    rows: QuerySet[Any, Any] = (
        sheet.filter(question__version=version)
        .annotate(
            is_here=Q(question__section=section),
            words=Case(here, default=Left("text", BEGINNING), output_field=TextField()),
            html=Case(rendered, default=Value(""), output_field=TextField()),
        )
        .values_list(
            "question_id",
            "is_here",
            "choices",
            "words",
            "html",
            "citations",
            "is_outside_competence",
            "revision",
            "updated_at",
            "saved_by__full_name",
        )
    )
    return rows


_OFFICIAL: MadeOnce[Any] = MadeOnce(
    lambda response, version, section: _rows(Answer.objects.filter(response=response), version, section)
)
_PROPOSED: MadeOnce[Any] = MadeOnce(
    lambda response, participation, version, section: _rows(
        Proposal.objects.filter(response=response, participation=participation), version, section
    )
)
