"""Reminders: once a day to whoever owes the next act, and the mail that really leaves."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from core import notifications
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.enums import Side
from reviews.services.participation import end_participation
from reviews.services.reminders import REMINDER_DAYS, remind, send_deadline_reminders
from tests.utils import STARTS_ON, Cast, make_review

pytestmark = pytest.mark.django_db

# The answers of a review that starts on 1 November 2021 are due on 1 May 2022.
DUE_ON = dt.date(2022, 5, 1)


def reminders() -> list[Notification]:
    return list(Notification.objects.filter(template="reviews/due").select_related("recipient"))


@pytest.mark.parametrize("days", REMINDER_DAYS)
def test_a_reminder_leaves_on_each_of_its_days(cast: Cast, days: int) -> None:
    assert send_deadline_reminders(DUE_ON - dt.timedelta(days=days)) == 1
    assert [reminder.recipient for reminder in reminders()] == [cast.focal_point]


@pytest.mark.parametrize("days", [15, 13, 1, -1, -31])
def test_no_reminder_leaves_on_other_days(cast: Cast, days: int) -> None:
    assert send_deadline_reminders(DUE_ON - dt.timedelta(days=days)) == 0
    assert reminders() == []


def test_a_second_run_on_the_same_day_sends_nothing(cast: Cast) -> None:
    send_deadline_reminders(DUE_ON)
    entries = AuditEntry.objects.count()
    assert send_deadline_reminders(DUE_ON) == 0
    assert len(reminders()) == 1
    assert AuditEntry.objects.count() == entries


def test_only_the_next_act_is_reminded_of(cast: Cast) -> None:
    """Another milestone of the plan may fall on the day; nobody can do it yet."""
    due_on = cast.review.milestones.get(plan__slug="answers_processed").due_on
    assert send_deadline_reminders(due_on) == 0


def test_reviewing_states_are_reminded_of_theirs(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    cast.review.milestones.filter(plan__slug="answers_processed").update(reached_on=STARTS_ON)
    due_on = cast.review.milestones.get(plan__slug="feedback_sent").due_on
    assert send_deadline_reminders(due_on) == 2
    assert {reminder.recipient for reminder in reminders()} == {
        cast.same_group_focal_point,
        cast.other_group_focal_point,
    }


def test_the_officer_is_reminded_of_what_the_secretariat_owes(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    due_on = cast.review.milestones.get(plan__slug="answers_processed").due_on
    assert send_deadline_reminders(due_on) == 1
    assert [reminder.recipient for reminder in reminders()] == [cast.officer]


def test_somebody_who_left_is_not_reminded(cast: Cast) -> None:
    end_participation(actor=cast.officer, participation=cast.participations["focal_point"])
    assert send_deadline_reminders(DUE_ON) == 0
    assert reminders() == []


def test_reminding_by_hand_works_once_a_day(cast: Cast) -> None:
    assert remind(cast.officer, cast.review) == 1
    assert remind(cast.officer, cast.review) == 0
    assert [reminder.recipient for reminder in reminders()] == [cast.focal_point]


def test_only_officers_remind(cast: Cast) -> None:
    with pytest.raises(PolicyRefusedError):
        remind(cast.focal_point, cast.review)


def test_keys_are_told_apart_by_person_milestone_and_day(cast: Cast) -> None:
    for days in REMINDER_DAYS:
        send_deadline_reminders(DUE_ON - dt.timedelta(days=days))
    keys = [reminder.key for reminder in reminders()]
    assert len(keys) == len(set(keys)) == len(REMINDER_DAYS)


def test_consultations_are_owed_by_the_side_that_the_plan_names() -> None:
    review = make_review()
    first = review.milestones.order_by("plan__order")[0]
    assert send_deadline_reminders(first.due_on) == 1
    assert review.participations.get(user=reminders()[0].recipient).side == Side.UNDER_REVIEW


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["1-XVE", "1 May 2022"]), ("ar", ["1-XVE", "مايو 2022"])],
)
def test_the_mail_really_leaves_in_the_language_of_the_reader(
    cast: Cast,
    language: str,
    words: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    cast.focal_point.language = language
    cast.focal_point.save()
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        send_deadline_reminders(DUE_ON)
    assert len(callbacks) == 1, "delivery is asked for when the transaction has committed, not before"
    assert mail.outbox == []
    assert notifications.deliver(str(reminders()[0].pk))
    message = mail.outbox[0]
    assert message.to == [cast.focal_point.email]
    html = message.alternatives[0].content
    assert [word for word in words if word not in message.body] == []
    assert [word for word in words if word not in html] == []
    assert f'lang="{language}"' in html
    assert f"/{language}/untoc/reviews/1-XVE/" in message.body
