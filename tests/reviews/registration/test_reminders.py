"""Reminding by hand: at most once a day, to whoever owes the next act, and the mail that really leaves."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.mail import notifications
from core.models import Notification
from core.policy import PolicyRefusedError
from reviews.registration.services.participation import end_participation
from reviews.registration.services.reminders import remind
from tests.utils import STARTS_ON, SYSTEM, Cast

pytestmark = pytest.mark.django_db


def reminders() -> list[Notification]:
    return list(Notification.objects.filter(template="reviews/due").select_related("recipient"))


def test_reminding_by_hand_works_once_a_day(cast: Cast) -> None:
    assert remind(cast.officer, cast.review) == 1
    assert remind(cast.officer, cast.review) == 0
    assert [reminder.recipient for reminder in reminders()] == [cast.focal_point]
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert remind(cast.officer, cast.review) == 1


def test_nobody_is_reminded_twice_on_the_day_on_which_the_next_act_changes(cast: Cast) -> None:
    remind(cast.officer, cast.review)
    cast.review.milestones.filter(plan__slug="answers_sent").update(reached_on=STARTS_ON)
    cast.review.milestones.filter(plan__slug="answers_processed").update(reached_on=STARTS_ON)
    remind(cast.officer, cast.review)
    assert [reminder.recipient for reminder in reminders()].count(cast.focal_point) == 1


@pytest.mark.stage("written_feedback")
def test_reviewing_states_are_reminded_of_theirs(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    cast.review.milestones.filter(plan__slug="answers_processed").update(reached_on=STARTS_ON)
    assert remind(cast.officer, cast.review) == 2
    assert {reminder.recipient for reminder in reminders()} == {
        cast.same_group_focal_point,
        cast.other_group_focal_point,
    }


def test_somebody_who_left_is_not_reminded(cast: Cast) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    assert remind(cast.officer, cast.review) == 0


def test_only_officers_remind(cast: Cast) -> None:
    with pytest.raises(PolicyRefusedError):
        remind(cast.focal_point, cast.review)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["1-XVE", "1 May 2022"]), ("ar", ["1-XVE", "أيار/مايو 2022"])],
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
        remind(cast.officer, cast.review)
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
