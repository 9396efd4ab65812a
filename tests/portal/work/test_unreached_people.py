"""Whom mails do not reach stands in my work of every officer, until it is mended."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.enums import NotificationStatus
from core.mail.reports import unreached
from core.models import Notification
from portal.work.kinds import tasks_of
from portal.work.tasks import Workload
from tests.factories.core import NotificationFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def lost(person: User, status: NotificationStatus = NotificationStatus.BOUNCED) -> Notification:
    made: Notification = NotificationFactory(recipient=person, status=status, address=person.email.upper())
    return made


def words(user: User) -> list[str]:
    tasks = tasks_of(Workload(user, timezone.now()))
    return [task.what for task in tasks if "Mails do not reach" in task.what]


@pytest.fixture(autouse=True)
def _no_mails(cast: Cast) -> None:
    Notification.objects.all().delete()


def test_every_officer_is_told_of_each_person_once(cast: Cast) -> None:
    lost(cast.expert)
    lost(cast.expert)
    assert words(cast.officer) == ["Mails do not reach 1 person"]
    lost(cast.focal_point, NotificationStatus.FAILED)
    assert words(cast.officer) == ["Mails do not reach 2 people"]
    for other in (cast.auditor, cast.focal_point, cast.expert):
        assert words(other) == []


def test_the_button_leads_to_those_mails_alone(cast: Cast, login_as: Callable[[User], Client]) -> None:
    lost(cast.expert)
    NotificationFactory(recipient=cast.observer, status=NotificationStatus.SENT, address=cast.observer.email)
    tasks = tasks_of(Workload(cast.officer, timezone.now()))
    (task,) = [each for each in tasks if "Mails do not reach" in each.what]
    page = login_as(cast.officer).get(task.url)
    assert [row["mail"].recipient for row in page.context["rows"]] == [cast.expert]


def test_a_mail_that_arrives_later_mends_it(cast: Cast) -> None:
    one = lost(cast.expert)
    sent = NotificationFactory(recipient=cast.expert, status=NotificationStatus.SENT, address=cast.expert.email)
    Notification.objects.filter(pk=sent.pk).update(sent_at=one.created_at - dt.timedelta(minutes=1))
    assert unreached().count() == 1
    Notification.objects.filter(pk=sent.pk).update(sent_at=one.created_at + dt.timedelta(minutes=1))
    assert unreached().count() == 0


def test_another_address_or_a_closed_account_mends_it(cast: Cast) -> None:
    lost(cast.expert)
    User.objects.filter(pk=cast.expert.pk).update(email="elsewhere@xve.example")
    assert unreached().count() == 0
    lost(cast.focal_point)
    User.objects.filter(pk=cast.focal_point.pk).update(is_active=False)
    assert unreached().count() == 0


def test_a_mail_that_is_sent_once_more_is_waited_for(cast: Cast) -> None:
    one = lost(cast.expert)
    Notification.objects.filter(pk=one.pk).update(status=NotificationStatus.QUEUED)
    assert unreached().count() == 0
