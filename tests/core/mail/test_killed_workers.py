"""Workers die at any moment, the mail server is slow and refuses: no mail is lost, and no mailbox keeps two.

``KILLED_MAILS=5000`` (and more) makes the long form of it.
"""

import os
from collections.abc import Callable

import pytest
from django.db.models import Sum

from core.enums import NotificationStatus
from core.mail.messages import message_id
from core.models import Notification
from tests.core.killing.killer import Nursery
from tests.core.killing.sink import BAD, Sink, start
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

MAILS = int(os.environ.get("KILLED_MAILS", "1000"))
SEED = 6


def owe(mails: int) -> list[Notification]:
    people = [UserFactory(email=f"person.{number}@reviews.example") for number in range(30)]
    people += [UserFactory(email=f"{BAD}{number}@reviews.example") for number in range(2)]
    return Notification.objects.bulk_create(
        Notification(
            recipient=people[number % len(people)],
            key=f"owed:{number}",
            template="reviews/due",
            context={"code": "1-XVE", "milestone": "Answers", "due_on": "2022-05-01", "path": "/en/"},
        )
        for number in range(mails)
    )


def unsettled() -> int:
    return Notification.objects.filter(status__in=[NotificationStatus.QUEUED, NotificationStatus.SENDING]).count()


def test_killed_workers_neither_lose_nor_repeat_a_mail(record_property: Callable[[str, object], None]) -> None:
    owed = owe(MAILS)
    sink = Sink(SEED)
    controller = start(sink)
    try:
        with Nursery(controller.port, SEED) as nursery:
            nursery.kill_until(lambda: unsettled() < MAILS // 20, "deliver", workers=4, pause=(0.1, 0.7))
            nursery.start("deliver")
            nursery.wait(lambda: unsettled() == 0, seconds=120)
            kills = nursery.kills
    finally:
        controller.stop()
    good = {message_id(mail): mail for mail in owed if not mail.recipient.email.startswith(BAD)}
    arrived = {(address, name) for address, box in sink.mailboxes.items() for name in box}
    expected = {(mail.recipient.email, name) for name, mail in good.items()}
    texts = [len(texts) for box in sink.mailboxes.values() for texts in box.values()]
    # A mailbox keeps one of those with the same Message-ID, so these are counted as they are handed over.
    repeats = sum(times - 1 for times in sink.hand_overs.values())
    for name, figure in {
        "mails": len(owed),
        "worker kills": kills,
        "answers lost": sink.lost_answers,
        "mails lost": len(expected - arrived),
        "mails doubled": len(arrived - expected) + sum(number - 1 for number in texts),
        "mails repeated": repeats,
    }.items():
        record_property(name, figure)
    assert arrived == expected, "each owed mail, once, and no other"
    assert kills > 10, "otherwise this shows nothing"
    assert set(texts) == {1}, "what was handed over again was the same mail to the letter"
    doubts = Notification.objects.aggregate(doubts=Sum("doubts"))["doubts"]
    assert repeats <= doubts <= kills + sink.lost_answers, "each repeated hand-over is on the record"
    statuses = set(Notification.objects.values_list("recipient__email", "status"))
    assert {status for email, status in statuses if email.startswith(BAD)} == {NotificationStatus.BOUNCED}
    assert {status for email, status in statuses if not email.startswith(BAD)} == {NotificationStatus.SENT}
