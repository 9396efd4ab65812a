"""The demo shows every way in which more time is asked for."""

import pytest

from core.audit import chain_now, first_break_anywhere
from reviews.cases.models import TimeChange
from reviews.steps.services.advancing import recompute_due_dates
from tests.portal.demo.demos import demo

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "dialogue")]


def test_the_demo_shows_more_time_asked_for_agreed_and_declined() -> None:
    changes = TimeChange.objects.order_by("review__code").select_related("review", "milestone__plan")
    assert [(each.review.code, each.kind, each.status) for each in changes] == [
        ("1-XAL", "extension", "asked"),
        ("1-XLE", "pause", "agreed"),
        ("1-XMB", "extension", "declined"),
        ("1-XSK", "extension", "agreed"),
    ]
    for change in changes:
        assert recompute_due_dates(change.review) == [], "every date is what the engine says"
        if change.milestone is not None:
            assert (change.milestone.due_on == change.until) == (change.status == "agreed")
    assert (chain_now(), first_break_anywhere()) == (None, None)
