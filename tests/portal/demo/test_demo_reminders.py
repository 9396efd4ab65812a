"""The demo shows what people say about their reminders, and the mails of the days before."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from core.audit import chain_now, first_break_anywhere
from core.mail.reports import bouncing
from core.models import Notification
from portal.reminders.deliveries import MISSING
from reviews.absences.models import Absence
from reviews.preferences.models import Mute, Snooze, TaskDelegation
from tests.portal.demo.demos import demo

LoginAs = Callable[[User], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "dialogue")]


def named(name: str) -> User:
    return User.objects.get(full_name=name)


def page(client: Client, name: str, *args: str) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_the_demo_shows_reminders_in_all_their_states_and_nobody_is_written_to(login_as: LoginAs) -> None:
    demo("observations")
    digests = Notification.objects.filter(template="portal/digest")
    assert set(Counter(digests.values_list("status", flat=True))) == {"sent", "bounced", "failed"}
    assert all(digest.created_at.date() < timezone.localdate() for digest in digests)
    assert (mail.outbox, digests.filter(sent_at=None).exclude(status="failed").count()) == ([], 0)
    bounced = digests.get(status="bounced").recipient
    assert (str(bounced), bouncing([bounced.pk])) == ("Mathieu Kessler", {bounced.pk})
    assert (chain_now(), first_break_anywhere()) == (None, None)
    assert_pages_tell_it(login_as)
    rows = [Absence, Mute, Snooze, TaskDelegation, Notification]
    before = [model.objects.count() for model in rows]
    demo("observations")
    assert [model.objects.count() for model in rows] == before


def assert_pages_tell_it(login_as: LoginAs) -> None:
    own = login_as(named("Priya Wickramanayake"))
    reminders = page(own, "portal:reminders")
    for words in ("Farhan Rahmatullah</bdi> takes over", "handed to <bdi>Farhan Rahmatullah</bdi>", "1-XAL", "1-XKV"):
        assert words in reminders
    assert "On the indicative date" in page(own, "portal:reminder-rules", "untoc")
    assert "has handed this to you" in page(login_as(named("Ingrid Vasterholm")), "portal:reminders")
    officer = login_as(named("Mireille Okonjo"))
    assert "Mails do not reach" in officer.get("/en/").content.decode()
    mails = officer.get(reverse("portal:delivery-list"), {"status": MISSING}).content.decode()
    assert "there is no such mailbox" in mails
    assert "did not answer, or could not be reached" in mails
