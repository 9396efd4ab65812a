"""The outbox: a mail is owed once, leaves after the commit, is tried again, and is sent exactly once."""

import datetime as dt
import threading
from email.utils import format_datetime
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from psycopg.errors import CheckViolation, UniqueViolation
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from core.enums import NotificationStatus
from core.mail import notifications
from core.mail.tasks import deliver_notification_task, deliver_notifications_task, deliver_waiting_notifications_task
from core.models import Notification
from tests.core.mail.mail_backends import FailingBackend, SlowBackend
from tests.factories.accounts import UserFactory
from tests.factories.core import NotificationFactory

pytestmark = pytest.mark.django_db

FAILING = "tests.core.mail.mail_backends.FailingBackend"
SLOW = "tests.core.mail.mail_backends.SlowBackend"


@pytest.fixture(autouse=True)
def _template(tmp_path: Path, settings: Settings) -> None:
    """A template of the tests' own, so that nothing here depends on the words of a real one."""
    folder = tmp_path / "email" / "reviews"
    folder.mkdir(parents=True)
    (folder / "due_subject.txt").write_text("News on\n  {{ code }} for {{ recipient.full_name|safe }}\n")
    (folder / "due.txt").write_text("{{ page_language.code }} {{ site_url }}{{ path }}")
    (folder / "due.html").write_text('<html lang="{{ page_language.code }}" dir="{{ page_language.direction }}">')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.SITE_URL = "https://reviews.example/"


def refreshed(notification: Notification) -> Notification:
    return Notification.objects.get(pk=notification.pk)


def test_a_mail_is_owed_once_for_each_key() -> None:
    user = UserFactory()
    first = notifications.queue(user, "reviews/due", {"code": "1-XVE"}, key="due:1")
    assert notifications.queue(user, "reviews/due", {"code": "1-XVE"}, key="due:1") is None
    assert notifications.queue(user, "reviews/due", {"code": "1-XVE"}, key="due:2") is not None
    assert first is not None
    assert Notification.objects.filter(recipient=user).count() == 2


def test_it_is_handed_to_the_queue_after_the_commit(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    delay = Mock()
    monkeypatch.setattr(deliver_notification_task, "delay", delay)
    with django_capture_on_commit_callbacks(execute=True):
        notification = notifications.queue(UserFactory(), "reviews/due", {}, key="due:1")
        assert delay.call_count == 0
    assert notification is not None
    delay.assert_called_once_with(str(notification.pk))


def test_the_act_stands_when_the_queue_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    monkeypatch.setattr(deliver_notification_task, "delay", Mock(side_effect=OperationalError("no broker")))
    with django_capture_on_commit_callbacks(execute=True):
        notification = notifications.queue(UserFactory(), "reviews/due", {}, key="due:1")
    assert notification is not None
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        assert notifications.waiting_ids() == [str(notification.pk)]


@pytest.mark.parametrize(
    ("language", "page_language", "direction"), [("en", "en", "ltr"), ("ar", "ar", "rtl"), ("fr", "en", "ltr")]
)
def test_a_mail_speaks_the_language_of_its_reader(language: str, page_language: str, direction: str) -> None:
    notification = NotificationFactory(recipient__language=language, recipient__full_name="Zoë O'Brien")
    assert notifications.deliver(str(notification.pk))
    message = mail.outbox[0]
    assert message.subject == "News on 1-XVE for Zoë O'Brien"
    assert message.body == f"{page_language} https://reviews.example/en/"
    assert message.extra_headers["Date"] == format_datetime(notification.created_at.astimezone(dt.UTC))
    assert message.alternatives[0].content == f'<html lang="{page_language}" dir="{direction}">'
    assert message.extra_headers["Message-ID"] == f"<{notification.pk}@reviews.example>"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Ann\r\nBcc: all@evil.example", "News on 1-XVE for Ann Bcc: all@evil.example"),
        ("Ann\u2028Bcc: x\x00\x1b", "News on 1-XVE for Ann Bcc: x"),
        ("\u202eexe.nnA\u202c\u2066\u200f", "News on 1-XVE for exe.nnA"),
        ("<script>alert(1)</script>", "News on 1-XVE for <script>alert(1)</script>"),
    ],
)
def test_a_name_adds_nothing_to_the_head_of_a_mail(name: str, subject: str) -> None:
    notification = NotificationFactory(recipient__full_name=name.replace("\x00", ""))
    assert notifications.deliver(str(notification.pk))
    message = mail.outbox[0].message()
    assert mail.outbox[0].subject == subject
    assert message["Bcc"] is None
    assert sum(name == "Subject" for name in message) == 1


def test_a_mail_that_was_sent_is_not_sent_again() -> None:
    notification = NotificationFactory()
    assert notifications.deliver(str(notification.pk))
    assert not notifications.deliver(str(notification.pk))
    assert len(mail.outbox) == 1
    sent = refreshed(notification)
    assert (sent.status, sent.attempts, sent.error) == (NotificationStatus.SENT, 1, "")
    assert sent.sent_at is not None


def test_a_mail_that_is_not_there_is_no_error() -> None:
    deliver_notification_task("6a0c6a6e-9f5a-4f8f-9d8c-0d4a5d1f4d3e")
    assert mail.outbox == []


def test_a_failure_is_kept_in_words_and_tried_again_later_and_later(settings: Settings) -> None:
    settings.EMAIL_BACKEND = FAILING
    notification = NotificationFactory()
    waits: list[float] = []
    for _attempt in range(3):
        before = timezone.now()
        assert not notifications.deliver(str(notification.pk))
        failed = refreshed(notification)
        assert failed.status == NotificationStatus.QUEUED
        assert failed.error == "Connection unexpectedly closed"
        assert failed.next_attempt_at is not None
        waits.append((failed.next_attempt_at - before).total_seconds() / 60)
    expected = [(1.6, 2.5), (3.2, 4.9), (6.4, 9.7)]  # a fifth more or less
    assert [low < wait < high for wait, (low, high) in zip(waits, expected, strict=True)] == [True] * 3


def test_the_log_says_what_failed_and_not_whose_mail(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = FAILING
    notification = NotificationFactory()
    for error in (SMTPRecipientsRefused({"ana@xal.example": (450, b"later")}), SMTPDataError(451, b"ana@xal.example")):
        monkeypatch.setattr(FailingBackend, "send_messages", Mock(side_effect=error))
        notifications.deliver(str(notification.pk))
        assert type(error).__name__ in caplog.text and "ana@" not in caplog.text
        assert "ana@xal.example" in refreshed(notification).error
    assert "451" in caplog.text


def test_a_mail_is_given_up_after_the_last_attempt(settings: Settings) -> None:
    settings.EMAIL_BACKEND = FAILING
    notification = NotificationFactory(attempts=notifications.MAXIMUM_ATTEMPTS - 1)
    assert not notifications.deliver(str(notification.pk))
    assert refreshed(notification).status == NotificationStatus.FAILED
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        assert notifications.waiting_ids() == []
    assert not notifications.deliver(str(notification.pk))
    assert refreshed(notification).attempts == notifications.MAXIMUM_ATTEMPTS


def test_a_mail_that_failed_leaves_when_the_server_is_back(settings: Settings) -> None:
    settings.EMAIL_BACKEND, working = FAILING, settings.EMAIL_BACKEND
    notification = NotificationFactory()
    notifications.deliver(str(notification.pk))
    settings.EMAIL_BACKEND = working
    assert notifications.waiting_ids() == [], "not before its time"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=3)):
        assert notifications.waiting_ids() == [str(notification.pk)]
        assert notifications.deliver(str(notification.pk))
    assert refreshed(notification).error == ""


def test_the_clock_picks_up_what_was_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    delay = Mock()
    monkeypatch.setattr(deliver_notifications_task, "delay", delay)
    notification = NotificationFactory()
    deliver_waiting_notifications_task()
    assert delay.call_count == 0, "a worker may be about to send it"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        deliver_waiting_notifications_task()
    delay.assert_called_once_with([str(notification.pk)])


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(settings: Settings) -> None:
    settings.EMAIL_BACKEND = SLOW
    notification_id = str(NotificationFactory().pk)
    outcomes: dict[str, Any] = {}

    def first() -> None:
        outcomes["first"] = notifications.deliver(notification_id)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    try:
        assert SlowBackend.is_sending.wait(10)
        outcomes["second, meanwhile"] = notifications.deliver(notification_id)
    finally:
        SlowBackend.may_go_on.set()
        thread.join()
    outcomes["second, afterwards"] = notifications.deliver(notification_id)
    assert outcomes == {"first": True, "second, meanwhile": False, "second, afterwards": False}
    assert len(SlowBackend.sent) == 1


def test_a_mail_goes_with_the_transaction_that_owed_it() -> None:
    with transaction.atomic():
        notifications.queue(UserFactory(), "reviews/due", {}, key="due:1")
        transaction.set_rollback(True)
    assert Notification.objects.count() == 0


def test_of_a_private_mail_only_a_second_one_counts_as_owed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def owe(cause: type[Exception]) -> Notification | None:
        error = IntegrityError()
        error.__cause__ = cause()
        monkeypatch.setattr(Notification.objects, "get_or_create", Mock(side_effect=error))
        return notifications.queue(UserFactory(), "reviews/due", {}, key="due:1", is_private=True)

    assert owe(UniqueViolation) is None
    with pytest.raises(IntegrityError):
        owe(CheckViolation)
