"""A broken record is told every day to those who can do something about it, once for each chain."""

import datetime as dt

import pytest

from accounts.services.record_watch import watch_record
from core import audit
from core.audit import Break
from core.models import Notification
from portal.tasks import watch_record_task
from tests.core.test_audit import tamper
from tests.factories.accounts import AdministratorFactory, AuditorFactory, OfficerFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 25)


def test_a_sound_record_is_told_to_nobody() -> None:
    audit.record(OfficerFactory(), "tests.done", AdministratorFactory())
    audit.chain_now()
    watch_record_task()
    assert (watch_record(TODAY), Notification.objects.count()) == ([], 0)


def test_administrators_and_auditors_are_told_of_a_broken_record_once_a_day() -> None:
    told = [AdministratorFactory(language="en"), AuditorFactory(language="ar")]
    entry = audit.record(OfficerFactory(), "tests.done", told[0])
    AdministratorFactory(is_active=False)
    audit.chain_now()
    tamper("UPDATE core_auditentry SET reason = 'x' WHERE id = %s", entry.pk)
    for _time in range(2):
        assert watch_record(TODAY) == [Break("portal", 1)]
    mails = Notification.objects.order_by("context__path")
    assert [(mail.recipient, mail.template) for mail in mails] == [
        (told[1], "accounts/record_broken"),
        (told[0], "accounts/record_broken"),
    ]
    assert [mail.context for mail in mails] == [
        {"chain": "portal", "number": 1, "path": f"/{code}/"} for code in ("ar", "en")
    ]
    watch_record(TODAY + dt.timedelta(days=1))
    assert Notification.objects.count() == 4
