"""The newest root stands in the digests of focal points, and says nothing but itself."""

import datetime as dt
from pathlib import Path

import pytest

from core.audit.roots.giving import give_root
from core.mail.messages import render
from core.models import Notification
from portal.reminders.planner import plan_reminders
from tests.core.audit.roots import kept_in
from tests.portal.reminders.test_reminder_planner import DUE_ON, at
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def digests(cast: Cast) -> dict[str, Notification]:
    names = {person.pk: name for name, person in cast.people.items()}
    return {names[mail.recipient_id]: mail for mail in Notification.objects.filter(template="portal/digest")}


def test_focal_points_are_told_the_newest_root_and_others_are_not(cast: Cast, tmp_path: Path) -> None:
    with kept_in(tmp_path / "roots"):
        give_root(DUE_ON - dt.timedelta(days=1))
        root = give_root(DUE_ON)
    plan_reminders(at(DUE_ON))
    found = digests(cast)
    assert {name: bool(mail.context["root"]) for name, mail in found.items()} == {
        "focal_point": True,
        "expert": False,
        "second_expert": False,
    }
    assert found["focal_point"].context["root"] == {
        "number": 2,
        "day": "2022-05-01",
        "hash": root.hash,
        "path": "/en/roots/2/",
    }
    body = str(render(found["focal_point"]).body)
    assert "Root 2 of the record of acts, of 1 May 2022." in body
    assert root.hash in body
    assert "/en/roots/2/" in body
    assert "Root" not in str(render(found["expert"]).body)


def test_before_the_first_root_a_digest_says_nothing_of_it(cast: Cast) -> None:
    plan_reminders(at(DUE_ON))
    assert {mail.context["root"] for mail in digests(cast).values()} == {None}
