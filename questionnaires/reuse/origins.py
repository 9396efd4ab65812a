"""From where the answers of a response came that were taken over, and which offers were set aside."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core.database.made_once import MadeOnce
from questionnaires.definitions import index_of
from questionnaires.responses.models import AnswerRevision, Response
from questionnaires.reuse.enums import Reuse
from questionnaires.reuse.models import ReusedAnswer

_SAID_NOW = Q(  # a save that says what its answer says
    choices=F("answer__choices"),
    text=F("answer__text"),
    citations=F("answer__citations"),
    is_outside_competence=F("answer__is_outside_competence"),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """From where the answer to ``code`` came; ``is_changed`` since."""

    code: str
    row: ReusedAnswer
    is_changed: bool

    @property
    def how(self) -> Reuse:
        return Reuse.EDITED if self.is_changed and self.row.how == Reuse.KEPT else Reuse(self.row.how)


def set_aside_in(response: Response) -> set[tuple[str, str]]:
    """Code of the question and key of each offer that was set aside; one query."""
    return taken_over_in(response)[1]


def origins_in(response: Response) -> dict[str, Origin]:
    """By code, from where the answers of a response came that were taken over; one query.

    What was taken over counts until the answer is emptied; changed, it is no longer said to be still correct. An answer
    that says again what was taken over, as one that was put back, counts as before.
    """
    return taken_over_in(response)[0]


def taken_over_in(response: Response) -> tuple[dict[str, Origin], set[tuple[str, str]]]:
    """Both, in one query."""
    codes = index_of(response.version_id).codes
    origins: dict[str, Origin] = {}
    aside: set[tuple[str, str]] = set()
    for row in _TAKEN_OVER.rows(response=response.pk, version=response.version_id):
        answer = row.answer
        if answer is None:
            if row.question_id in codes:
                aside.add((codes[row.question_id], f"{row.submission_id}:{row.source_code}"))
        elif answer.question_id in codes:
            code = codes[answer.question_id]
            origins.pop(code, None)  # the last time counts, and before all what the answer says now
            if row.stands or not row.is_gone:
                is_same = row.stands and not (row.how == Reuse.SAME and row.is_source_changed)
                origins[code] = Origin(code, row, not is_same)
    return origins, aside


def _taken_over(response: UUID, version: UUID) -> QuerySet[ReusedAnswer]:
    """Those that say the same now the last."""
    emptied = AnswerRevision.objects.filter(
        answer=OuterRef("answer"),
        is_conflict=False,
        choices=[],
        text="",
        citations=[],
        is_outside_competence=False,
        number__gt=OuterRef("number"),
    )
    said_then = AnswerRevision.objects.filter(answer=OuterRef("answer"), is_conflict=False, number=OuterRef("number"))
    source_then = AnswerRevision.objects.filter(
        answer__response=response,
        answer__question__version=version,
        answer__question__code=OuterRef("source_code"),
        is_conflict=False,
        number=OuterRef("source_number"),
    )
    rows = ReusedAnswer.objects.filter(response=response).select_related("answer")
    return rows.annotate(
        is_gone=Exists(emptied),
        stands=Exists(said_then.filter(_SAID_NOW)),
        is_source_changed=Exists(source_then.exclude(_SAID_NOW)),
    ).order_by("stands", "created_at")


_TAKEN_OVER: MadeOnce[Any] = MadeOnce(_taken_over)
