"""The door through which a review moves on, and the dates that follow."""

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from reviews.cases.models import Review, StepChange
from reviews.programme.enums import MilestoneKind
from reviews.steps.services.advancing import advance, reach_milestone, recompute_due_dates, record_consultations
from tests.utils import SYSTEM, Cast, make_review

pytestmark = pytest.mark.django_db


def due_dates_of(review: Review) -> dict[str, dt.date]:
    return dict(review.milestones.values_list("plan__slug", "due_on"))


def test_recording_consultations_moves_the_review_on() -> None:
    review = make_review()
    record_consultations(SYSTEM, review, held_on=dt.date(2021, 12, 10))
    assert review.step.slug == "self_assessment"
    assert review.milestones.get(plan__slug="consultations_held").reached_on == dt.date(2021, 12, 10)
    change = review.step_changes.order_by("-at")[0]
    assert (change.from_step.slug, change.to_step.slug, change.actor) == ("consultations", "self_assessment", None)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.before, entry.after) == (
        "reviews.review.advanced",
        {"step": "consultations"},
        {"step": "self_assessment"},
    )


def test_consultations_are_recorded_once(cast: Cast) -> None:
    with pytest.raises(PolicyRefusedError, match="have been recorded"):
        record_consultations(cast.officer, cast.review)


def test_a_step_is_not_skipped() -> None:
    review = make_review()
    with pytest.raises(ServiceError, match="already moved on"):
        advance(SYSTEM, review, "written_feedback")
    assert review.step_changes.count() == 1


def test_a_second_press_of_the_button_is_refused(cast: Cast) -> None:
    advance(SYSTEM, cast.review, "written_feedback")
    with pytest.raises(ServiceError, match="already moved on"):
        advance(SYSTEM, cast.review, "written_feedback")
    assert cast.review.step_changes.filter(to_step__slug="written_feedback").count() == 1


def test_history_is_append_only(cast: Cast) -> None:
    change = cast.review.step_changes.order_by("-at")[0]
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        StepChange.objects.filter(pk=change.pk).update(actor=cast.officer)


def test_computing_the_dates_again_changes_nothing(cast: Cast) -> None:
    before = list(cast.review.milestones.values_list("pk", "due_on", "reached_on", "updated_at"))
    recompute_due_dates(cast.review)
    assert list(cast.review.milestones.values_list("pk", "due_on", "reached_on", "updated_at")) == before


def test_a_milestone_is_reached_once(cast: Cast) -> None:
    assert reach_milestone(cast.review, MilestoneKind.ANSWERS, dt.date(2022, 7, 15))
    assert not reach_milestone(cast.review, MilestoneKind.ANSWERS, dt.date(2023, 1, 1))
    assert cast.review.milestones.get(plan__slug="answers_sent").reached_on == dt.date(2022, 7, 15)


def test_later_dates_follow_what_was_reached(cast: Cast) -> None:
    before = due_dates_of(cast.review)
    reach_milestone(cast.review, MilestoneKind.ANSWERS, dt.date(2022, 7, 15))
    after = due_dates_of(cast.review)
    assert after["answers_processed"] == dt.date(2022, 8, 15)
    assert after["feedback_sent"] == dt.date(2023, 2, 15)
    assert {slug for slug in before if before[slug] != after[slug]} == {
        "answers_processed",
        "feedback_sent",
        "feedback_processed",
    }
