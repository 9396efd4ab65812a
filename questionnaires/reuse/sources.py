"""What a State has sent in its earlier reviews: the only source of answers that are offered anew.

Who drafts in one review may have no part in an earlier one, and reads what the own State had sent there all the same.
So this looks past the rooms, at the standing submissions of that one State, after the policy was asked.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from core.database.identity import looking_past_rooms
from core.language.rendering import written_in
from questionnaires.progress import AnswerSnapshot
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.submissions import STANDS
from reviews.bringing.enums import StateWord


@dataclass(frozen=True, slots=True)
class EarlierSubmission:
    """What stands as sent in one earlier review of the State; ``version`` is that of its questionnaire.

    It is the version that the State wrote, whatever was sent beside it since. ``answers``: by code those that were
    asked for, out of the frozen document.
    """

    key: UUID
    review_code: str
    cluster: str
    number: int
    sha256: str
    sent_at: dt.datetime
    version_id: UUID
    version: int
    questionnaire: str
    is_brought_in: bool
    answers: Mapping[str, AnswerSnapshot] = field(default_factory=dict)


_GIVEN = """COALESCE((
    SELECT jsonb_agg(given.value)
    FROM jsonb_array_elements(questionnaires_responsesubmission.document -> 'answers') given
    WHERE given.value ->> 'code' = ANY(%s)
), '[]'::jsonb)"""


def earlier_submissions(response: Response, codes: Collection[str] = ()) -> list[EarlierSubmission]:
    """Of each other review of the State in the mechanism what it sent last and did not recall, the newest first.

    One query, which reads of the frozen documents the answers to ``codes`` alone. What was brought in and the State has
    objected to is none.
    """
    review = response.review
    with looking_past_rooms():
        rows = list(
            ResponseSubmission.objects.filter(
                STANDS,
                document__revises__is_beside__isnull=True,  # one beside has the answers of one before (``written``)
                review__mechanism=review.mechanism_id,
                review__state_under_review=review.state_under_review_id,
                response__room=review.state_under_review_id,
            )
            .exclude(review=review.pk)
            .exclude(brought_piece__word=StateWord.OBJECTED)
            .defer("document", *(() if codes else ("rendered",)))
            .annotate(given=RawSQL(_GIVEN, [list(codes)], output_field=JSONField()))  # noqa: S611 - words of ours
            .select_related("review__phase__cluster", "response__version__questionnaire")
            .order_by("response", "-number")
            .distinct("response")
        )
    found = [
        EarlierSubmission(
            key=row.pk,
            review_code=row.review.code,
            cluster=row.review.phase.cluster.roman,
            number=row.number,
            sha256=row.sha256,
            sent_at=row.sent_at,
            version_id=row.response.version_id,
            version=row.response.version.number,
            questionnaire=row.response.version.questionnaire.slug,
            is_brought_in=row.brought_piece_id is not None,
            answers={answer["code"]: _snapshot(answer, row.rendered, row.sent_at) for answer in row.given},
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: each.sent_at, reverse=True)


def _snapshot(answer: Mapping[str, object], rendered: Mapping[str, str], sent_at: dt.datetime) -> AnswerSnapshot:
    return AnswerSnapshot(
        choices=tuple(answer["choices"]),  # type: ignore[arg-type]
        text=written_in(str(answer["text"]), rendered),
        citations=tuple(answer["citations"]),  # type: ignore[arg-type]
        revision=0,
        saved_at=sent_at,
        saved_by="",
        is_outside_competence=bool(answer.get("is_outside_competence", False)),
    )
