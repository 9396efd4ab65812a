"""A broken record is told every day to those who can do something about it, once for each chain."""

import datetime as dt
import re
from pathlib import Path

import pytest

from core import audit
from core.audit import Break
from core.audit.roots.checking import RootFinding
from core.enums import RootFault
from core.mail.messages import render
from core.models import AuditEntry, Notification, RecordRoot
from reviews.record.tasks import watch_record_task
from reviews.record.watch import watch_record, watch_roots
from tests.core.audit.roots import kept_in
from tests.core.audit.test_audit import tamper
from tests.factories.accounts import AdministratorFactory, AuditorFactory, OfficerFactory

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = dt.date(2026, 11, 25), dt.date(2026, 11, 26)


def test_a_sound_record_is_told_to_nobody() -> None:
    audit.record(OfficerFactory(), "tests.done", AdministratorFactory())
    audit.chain_now()
    watch_record_task()
    assert (watch_record(TODAY), watch_roots(TODAY), Notification.objects.count()) == ([], [], 0)
    assert RecordRoot.objects.count() == 1, "the task has given the root of the day"


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


def test_administrators_and_auditors_are_told_of_an_end_that_was_cut(tmp_path: Path) -> None:
    told = [AdministratorFactory(language="en"), AuditorFactory(language="ar")]
    entry = [audit.record(OfficerFactory(), "tests.done", told[0]) for _time in range(3)][-1]
    audit.chain_now()
    with kept_in(tmp_path / "roots"):
        assert watch_roots(TODAY) == []
        tamper("DELETE FROM core_auditentry WHERE id = %s", entry.pk)
        for _time in range(2):
            assert watch_roots(TOMORROW) == [RootFinding(RootFault.HEAD_GONE, TODAY, "portal", 3)]
    assert AuditEntry.objects.count() == 2
    mails = {mail.recipient: render(mail) for mail in Notification.objects.filter(template="accounts/roots_differ")}
    assert set(mails) == set(told)
    assert "25 November 2026" in str(mails[told[0]].body)
    assert re.search(r"record \W?portal\W?, entry 3", str(mails[told[0]].body))
    assert "portal" in str(mails[told[1]].body)
    assert "An act is gone" not in str(mails[told[1]].body), "in the language of each"


def test_another_key_than_yesterday_is_told_and_so_is_none_any_more(tmp_path: Path) -> None:
    AdministratorFactory()
    days = [TODAY + dt.timedelta(days=number) for number in range(4)]
    keys = [None, "07" * 32, "09" * 32, None]
    found = []
    for day, key in zip(days, keys, strict=True):
        with kept_in(tmp_path / "roots", key=key):
            found += watch_roots(day)
    assert found == [RootFinding(RootFault.OTHER_KEY, days[2]), RootFinding(RootFault.OTHER_KEY, days[3])]


def test_a_mail_names_twenty_findings_and_counts_the_rest(tmp_path: Path) -> None:
    administrator = AdministratorFactory()
    with kept_in(tmp_path / "roots") as folder:
        folder.mkdir()
        for number in range(1, 24):
            (folder / f"root-2026-10-{number:02}.json").touch()
        assert len(watch_roots(TODAY)) == 23
    context = Notification.objects.get(recipient=administrator).context
    assert (len(context["findings"]), context["more"]) == (20, 3)


def test_what_is_found_is_told_also_where_no_root_can_be_given(tmp_path: Path) -> None:
    AdministratorFactory()
    with kept_in(tmp_path / "roots"):
        watch_roots(TODAY)
    (tmp_path / "file").touch()
    with kept_in(tmp_path / "file" / "roots", key=None), pytest.raises(NotADirectoryError):
        watch_roots(TOMORROW)
    assert Notification.objects.filter(template="accounts/roots_differ").count() == 1
