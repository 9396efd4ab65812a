"""Mails that come back, and how that is told."""

import email
import mailbox
from email.message import Message
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from core.enums import NotificationStatus
from core.mail.bounces import is_refused_for_good, note_bounce
from core.mail.messages import message_id
from core.mail.notifications import try_again
from core.mail.reports import bouncing, reason
from core.models import Notification
from tests.factories.core import NotificationFactory

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mail.example
Content-Type: multipart/report; report-type=delivery-status; boundary="x"
MIME-Version: 1.0

--x
Content-Type: text/plain

I am sorry.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; somebody@state.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--x
Content-Type: {kind}

Message-ID: {message_id}
Subject: News

--x--
"""


def report(mail: Notification, *, action: str = "failed", kind: str = "text/rfc822-headers") -> Message:
    return email.message_from_string(REPORT.format(action=action, kind=kind, message_id=message_id(mail)))


def sent() -> Notification:
    mail: Notification = NotificationFactory(status=NotificationStatus.SENT)
    Notification.objects.filter(pk=mail.pk).update(address=mail.recipient.email, sent_at=mail.created_at)
    return mail


def refreshed(mail: Notification) -> Notification:
    return Notification.objects.get(pk=mail.pk)


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_notes_the_mail_that_it_returns_and_no_other(kind: str) -> None:
    mail, other = sent(), sent()
    assert note_bounce(report(mail, kind=kind)) == 1
    bounced = refreshed(mail)
    assert (bounced.status, bounced.error) == (NotificationStatus.BOUNCED, "5.1.1 smtp; 550 5.1.1 User unknown")
    assert str(reason(bounced)).startswith("The mail server says that there is no such mailbox")
    assert refreshed(other).status == NotificationStatus.SENT
    assert bouncing([mail.recipient_id, other.recipient_id]) == {mail.recipient_id}
    assert note_bounce(report(mail, kind=kind)) == 0, "once"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_of_a_delay_or_of_success_changes_nothing(action: str) -> None:
    mail = sent()
    assert note_bounce(report(mail, action=action)) == 0
    assert refreshed(mail).status == NotificationStatus.SENT


FOREIGN = REPORT.format(action="failed", kind="text/rfc822-headers", message_id="<a@b>")


@pytest.mark.parametrize("text", ["", "Subject: hello\n\nFailed", FOREIGN])
def test_what_is_no_report_of_ours_changes_nothing(text: str) -> None:
    sent()
    assert note_bounce(email.message_from_string(text)) == 0


def test_an_address_that_was_mended_bounces_no_longer() -> None:
    mail = sent()
    note_bounce(report(mail))
    mail.recipient.email = "mended@state.example"
    mail.recipient.save()
    assert bouncing([mail.recipient_id]) == set()
    assert try_again(refreshed(mail))
    assert not try_again(refreshed(mail)), "it waits already"
    assert refreshed(mail).status == NotificationStatus.QUEUED


@pytest.mark.parametrize(
    ("error", "is_final"),
    [
        (SMTPRecipientsRefused({"a@b": (550, b"5.1.1 unknown")}), True),
        (SMTPRecipientsRefused({"a@b": (550, b"no such user")}), True),
        (SMTPRecipientsRefused({"a@b": (554, b"5.7.1 relaying denied")}), False),
        (SMTPRecipientsRefused({"a@b": (451, b"4.3.0 later")}), False),
        (SMTPDataError(554, b"5.6.0 no"), False),
        (SMTPSenderRefused(550, b"no", "us@b"), False),
        (TimeoutError("timed out"), False),
    ],
)
def test_only_a_refusal_of_the_address_is_final(error: Exception, is_final: bool) -> None:
    assert is_refused_for_good(error) == is_final


def test_the_command_reads_one_mail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    mail = sent()
    file = tmp_path / "report"
    file.write_bytes(report(mail).as_bytes())
    with file.open("rb") as stream:
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
        call_command("read_bounces")
    assert capsys.readouterr().out == "Bounced: 1.\n"


def test_the_command_reads_a_folder_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "mail")
    mail = sent()
    folder.add(report(mail))
    for _time in range(2):
        call_command("read_bounces", "--maildir", tmp_path / "mail")
    assert capsys.readouterr().out.splitlines() == ["Bounced: 1.", "Bounced: 0."]
    assert ["S" in message.get_flags() for message in folder] == [True]
