"""What a file of answers would be on the shared table, what stands in its way, and laying it there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import ServiceError, found
from core.hashes import document_hash
from core.jobs.making import Tell
from core.language.rendering import render_all
from core.time.dates import moment_on
from questionnaires.bringing.sheet import AnswerRow, AskedQuestionnaire, checked, heads_others, unpacked, values_of
from questionnaires.definitions import asked_codes, current_version, index_of
from questionnaires.definitions.models import Questionnaire
from questionnaires.progress import ReadPart, is_answered
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending import document_of, receive_brought_answers
from questionnaires.submissions import sent_parts
from reviews.bringing import mark_brought_in
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.cases import lock_review
from reviews.cases.models import Review
from reviews.programme.models import Mechanism
from reviews.visibility import STEPS_BEFORE_ANSWERS, has_begun


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Of the questions that are asked, given the answers. ``missing``: codes of those neither answered nor optional."""

    asked: int
    answered: int
    missing: Sequence[str]


def reviews_with_answers_to_bring(mechanism: Mechanism) -> QuerySet[Review]:
    """Those whose step says that answers were sent, and in which nobody answers in the portal."""
    reviews = Review.objects.filter(mechanism=mechanism).exclude(step__kind__in=STEPS_BEFORE_ANSWERS)
    return (
        reviews.exclude(response__is_brought_in=False)
        .select_related("state_under_review", "step", "phase", "response")
        .order_by("code")
    )


def get_review_to_bring(mechanism: str, code: str) -> Review:
    """Raises Http404 where there is none; the caller asks the policy."""
    rows = Review.objects.filter(mechanism__slug=mechanism, code=code)
    return found(rows.select_related("mechanism", "step", "phase__cluster", "state_under_review").first())


def obstacle_to(review: Review, version_id: UUID | None = None) -> str:
    """Why no answers can be brought in for a review; empty where they can. ``version_id``: what checked them."""
    if not has_begun(review):
        return _("By its step, no answers were sent in this review. Bring in its step and dates first.")
    response = Response.objects.filter(review=review).first()
    if response is None:
        if not Questionnaire.objects.filter(cluster_id=review.phase.cluster_id).exists():
            return _("No questionnaire has been published for this cluster.")
        return ""
    if not response.is_brought_in:
        return _("The State answers in the portal: nothing is brought in over that.")
    newest = response.submissions.select_related("brought_piece").latest("number")
    if newest.brought_piece is not None and newest.brought_piece.word != StateWord.OBJECTED:
        return _("Answers are brought in already. Others can be brought in where the State objects to these.")
    if version_id is not None and version_id != response.version_id:
        return _("This file was checked against another version of the questionnaire. Choose it again.")
    return ""


def version_of(review: Review) -> UUID:
    """The version that answers are checked against: that of answers brought in before, or the one that is published.

    Raises Http404 where none is published for the cluster.
    """
    response = Response.objects.filter(review=review).first()
    if response is not None:
        return response.version_id
    return current_version(found(Questionnaire.objects.filter(cluster_id=review.phase.cluster_id).first())).pk


def asked_of(review: Review, version_id: UUID | None = None) -> AskedQuestionnaire:
    return AskedQuestionnaire(index_of(version_id or version_of(review)), review.party_to)


def rows_now(file: BroughtFile) -> list[AnswerRow]:
    review = review_of(file)
    return checked(unpacked(file.content["rows"]), asked_of(review, version_of_file(file)))


def version_of_file(file: BroughtFile) -> UUID:
    """The version of the questionnaire by which a file was read."""
    return UUID(file.content["version"])


def obstacle_to_file(file: BroughtFile) -> str:
    return obstacle_to(review_of(file), version_of_file(file))


def review_of(file: BroughtFile) -> Review:
    """Raises ValueError for a file of another kind."""
    if file.review is None:
        raise ValueError("answers belong to a review")
    return file.review


def document_from(file: BroughtFile, rows: Sequence[AnswerRow]) -> dict[str, Any]:
    """What would be frozen: the answers in printed order, and where they come from."""
    review, index = review_of(file), index_of(version_of_file(file))
    order = {code: number for number, code in enumerate(index.items)}
    answers = [
        {
            "code": row.code,
            "choices": list(row.choices),
            "text": row.text,
            "citations": [dict(citation) for citation in row.citations],
        }
        for row in sorted(rows, key=lambda row: order[row.code])
    ]
    document = document_of(review, index, file.content["language"], answers)
    return document | {"brought_in": {"file_sha256": file.sha256, "sent_on": file.content["sent_on"]}}


def counts_of(rows: Sequence[AnswerRow], asked: AskedQuestionnaire) -> AnswerCounts:
    values, index = values_of(rows), asked.index
    codes = asked_codes(asked.items, values)
    due = [item for item in asked.items if item.code in codes and not heads_others(item)]
    missing = [
        item.code for item in due if item.code not in index.optional and not is_answered(item, values.get(item.code))
    ]
    answered = sum(is_answered(item, values.get(item.code)) for item in due)
    return AnswerCounts(len(due), answered, missing)


def parts_of(file: BroughtFile, document: dict[str, Any]) -> tuple[ReadPart, ...]:
    """The answers as they would be read, by the same way as those that lie on the table."""
    response = Response(review=review_of(file), version_id=version_of_file(file))
    rendered = render_all(answer["text"] for answer in document["answers"])
    return sent_parts(ResponseSubmission(response=response, document=document, rendered=rendered))


def seen_of_answers(file: BroughtFile) -> str:
    rows = rows_now(file)
    if obstacle_to_file(file) or any(row.problems for row in rows):
        return ""
    return document_hash(document_from(file, rows))


def place_of_answers(piece: BroughtPiece) -> str:
    """Where the answers of a review are read."""
    return reverse("questionnaires:submission-detail", args=[piece.review.mechanism.slug, piece.review.code])


def address_of_answers(file: BroughtFile) -> str:
    return reverse("questionnaires:bringing-file", args=[file.mechanism.slug, file.pk])


def carry_out_answers(actor: User, file: BroughtFile, tell: Tell) -> None:
    """Lay the answers on the shared table, marked. Raises ServiceError where something stands in the way by now."""
    review = get_review_to_bring(file.mechanism.slug, review_of(file).code)
    lock_review(review)
    if obstacle := obstacle_to(review, version_of_file(file)):
        raise ServiceError(obstacle)
    day = dt.date.fromisoformat(file.content["sent_on"])
    piece = mark_brought_in(file=file, review=review, checked_by=actor, state=review.state_under_review)
    receive_brought_answers(
        actor=actor,
        review=review,
        document=document_from(file, rows_now(file)),
        piece=piece,
        version_id=version_of_file(file),
        sent_at=moment_on(day),
    )
    tell(1)
