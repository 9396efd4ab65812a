"""Reasons and notes that States write for languages and dates: left in the database for who may not read them."""

from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet

from core.policy import Actor, can
from reviews.enums import ReviewAction
from reviews.models import ConsultationProposal, Review, TimeChange, TimeChangeAnswer
from reviews.selectors.consultations import proposals_of
from reviews.selectors.time_changes import time_changes_of

M = TypeVar("M", bound=Model)


def proposals_for(reader: Actor, review: Review) -> list[ConsultationProposal]:
    """All proposals for working languages and dates, the last first; without words for who may not read them."""
    rows = proposals_of(review)
    return list(rows) if can(reader, ReviewAction.READ_REASONS, review) else _without(rows, "reason", "note")


def time_changes_for(reader: Actor, review: Review) -> list[TimeChange]:
    """All extensions and pauses that were ever asked for, the latest first; without words for who may not read them."""
    rows = time_changes_of(review)
    if can(reader, ReviewAction.READ_REASONS, review):
        return list(rows)
    answers = TimeChangeAnswer.objects.select_related("state_party", "answered_by").defer("note")
    rows = rows.prefetch_related(None).prefetch_related(Prefetch("answers", answers))
    changes = _without(rows, "reason", "recorded_how")
    for change in changes:
        for answer in change.answers.all():
            answer.note = ""
    return changes


def _without(rows: QuerySet[M], *names: str) -> list[M]:
    """The rows for a page to show: these fields are not in the query, and empty. Never save one."""
    found = list(rows.defer(*names))
    for row in found:
        for name in names:
            setattr(row, name, "")
    return found
