"""What people of the demo have said about their reminders, and the mails of the days before: nobody is written to."""

import datetime as dt
from collections.abc import Collection
from email import message_from_string
from email.message import Message
from typing import Any

from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as_system
from core.enums import NotificationStatus
from core.mail.bounces import note_bounce
from core.mail.delivery import MAXIMUM_ATTEMPTS
from core.mail.messages import message_id
from core.models import Notification
from portal.demo.plan import LARGE, Person, read
from portal.reminders import digests_at
from reviews.absences import record_absence
from reviews.cases.models import Review, ReviewMilestone
from reviews.preferences import hand_on_reminders, mute_review, open_milestone_of, postpone_reminders

# So many days back the digests are there. Three weeks of the rules reach every review of the demo.
_DAYS_BACK = 21
_HOUR = 10  # of UTC, when it is past the hour of the rules in most places
_NO_ANSWER = "timed out"
# RFC 3464.
_REPORT = """\
Content-Type: multipart/report; report-type=delivery-status; boundary="report"
MIME-Version: 1.0

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 The mailbox does not exist

--report
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--report--
"""


def show_reminders(built: Collection[str], users: dict[Person, User]) -> None:
    """What people say in reviews that were just built, and the digests that the rules would have sent before today."""
    said = read("reminders.json")
    by_name = {person.name: user for person, user in users.items()}
    before = set(Notification.objects.filter(key__startswith="digest:").values_list("pk", flat=True))
    with identified_as_system():
        _send_digests_of_the_past()
    _let_two_fail([by_name[name] for name in said["addresses_that_fail"]], before)
    for row in said["reviews"]:
        if row["review"] in built:
            _say(row, by_name)
    for row in said["absences"]:
        if row["review"] in built:
            _go_away(row, by_name)


def _say(row: dict[str, Any], users: dict[str, User]) -> None:
    user, review = (
        users[row["by"]],
        Review.objects.select_related("mechanism").get(mechanism__slug=LARGE, code=row["review"]),
    )
    if row["says"] == "mute":
        mute_review(actor=user, review=review)
        return
    milestone = _open(review, row["milestone"])
    if row["says"] == "later":
        until = timezone.localdate() + dt.timedelta(days=row["in_days"])
        postpone_reminders(actor=user, milestone=milestone, until=until)
    else:
        hand_on_reminders(actor=user, milestone=milestone, colleague=users[row["to"]])


def _open(review: Review, slug: str) -> ReviewMilestone:
    milestone = open_milestone_of(review, slug)
    if milestone is None:
        raise LookupError(f"{slug} of {review} is not open")
    return milestone


def _go_away(row: dict[str, Any], users: dict[str, User]) -> None:
    user, starts_on = users[row["by"]], timezone.localdate() + dt.timedelta(days=row["in_days"])
    ends_on = starts_on + dt.timedelta(days=row["days"] - 1)
    record_absence(actor=user, starts_on=starts_on, ends_on=ends_on, deputy=users[row["deputy"]])


def _send_digests_of_the_past() -> None:
    """Day after day what the planner would have owed, as mails that have left; a day that is there is left alone."""
    now = timezone.now()
    for days in range(_DAYS_BACK, 0, -1):
        moment = (now - dt.timedelta(days=days)).replace(hour=_HOUR, minute=0, second=0, microsecond=0)
        digests = digests_at(moment)
        for digest in digests:
            digest.status, digest.attempts = NotificationStatus.SENT, 1
            digest.sent_at, digest.address = moment + dt.timedelta(seconds=4), digest.recipient.email
        made = Notification.objects.bulk_create(digests)
        Notification.objects.filter(pk__in=[digest.pk for digest in made]).update(created_at=moment, updated_at=moment)


def _let_two_fail(people: list[User], before: Collection[Any]) -> None:
    """The last digest of the first comes back from the address; that of the second met no answer and was given up."""
    bounced, failed = (
        Notification.objects.filter(recipient=user, key__startswith="digest:")
        .exclude(pk__in=before)
        .order_by("-created_at")
        .first()
        for user in people
    )
    if bounced is not None:
        note_bounce(_report_on(bounced))
        Notification.objects.filter(pk=bounced.pk).update(bounced_at=bounced.sent_at)
    if failed is not None:
        Notification.objects.filter(pk=failed.pk).update(
            status=NotificationStatus.FAILED, attempts=MAXIMUM_ATTEMPTS, sent_at=None, error=_NO_ANSWER
        )


def _report_on(mail: Notification) -> Message:
    """A delivery status notification as a mail server gives it back."""
    return message_from_string(_REPORT.format(message_id=message_id(mail), address=mail.address))
