"""The milestones of a review as its page shows them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.time.distances import due_in
from reviews.cases.models import Review, ReviewMilestone
from reviews.due import today_where_owed
from reviews.programme.enums import StepOwner


def timeline_entries(
    review: Review, milestones: Iterable[ReviewMilestone], following: ReviewMilestone | None, now: dt.datetime
) -> list[dict[str, Any]]:
    """Entries for ``components/_timeline.html``, the start of the review first.

    What was reached shows when, and when it was planned where that differs; the rest shows its indicative date.
    """
    today = today_where_owed(review, StepOwner.STATE_UNDER_REVIEW, now)
    start = {
        "title": _("Start of the review"),
        "status": "done" if review.starts_on <= today else "later",
        "date": review.starts_on,
    }
    return [start, *(_entry(row, following, review, now) for row in milestones)]


def _entry(row: ReviewMilestone, following: ReviewMilestone | None, review: Review, now: dt.datetime) -> dict[str, Any]:
    is_next = following is not None and row.pk == following.pk
    entry: dict[str, Any] = {
        "title": row.plan.name,
        "owner": StepOwner(row.plan.owed_by).label,
        "evidence": row.plan.get_evidence_mark_display(),
        "note": row.plan.evidence_note,
    }
    if row.reached_on:
        planned = row.due_on if row.due_on != row.reached_on else None
        return entry | {"status": "done", "date": row.reached_on, "planned": planned}
    return entry | {
        "status": "next" if is_next else "later",
        "date": row.due_on,
        "distance": due_in(row.due_on, today_where_owed(review, row.plan.owed_by, now)) if is_next else "",
    }
