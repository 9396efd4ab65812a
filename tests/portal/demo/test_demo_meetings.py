"""Meetings to come in the demo: one that is agreed, and an invitation that waits for a State's answer."""

import datetime as dt

import pytest
from django.utils import timezone

from reviews.meetings.models import PlannedMeeting
from reviews.meetings.selectors import invitation_of
from tests.portal.demo.demos import demo
from tests.reviews.meetings.meetings import told

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "dialogue")]


def test_one_meeting_is_agreed_and_one_waits_where_the_dialogue_goes_on() -> None:
    agreed, asked = PlannedMeeting.objects.order_by("starts_at")
    assert [(each.review.code, each.status) for each in (agreed, asked)] == [("1-XLE", "agreed"), ("1-XLE", "invited")]
    assert [state.iso3 for state in invitation_of(asked).missing] == ["XPE"]
    assert [word.answer.note for word in invitation_of(asked).words if word.answer and word.answer.note] == [
        "The afternoon suits us."
    ]
    assert agreed.starts_at > timezone.now() + dt.timedelta(days=14)
    assert agreed.local_start.isoweekday() <= 5
    mails = len(told("meeting_agreed"))
    assert mails >= 6
    demo("dialogue")
    assert (PlannedMeeting.objects.count(), len(told("meeting_agreed"))) == (2, mails)
