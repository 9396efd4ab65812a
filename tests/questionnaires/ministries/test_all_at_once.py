"""A contributor to whom questions were sent one by one says of all of them at once that they are done."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.models import Notification
from questionnaires.responses.models import SectionAssignment
from tests.forms import carried_by, send_form
from tests.questionnaires.ministries.ministries import RESPONSE, place, second_ministry, send
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
QUESTIONS = ("I.untoc.3", "I.untoc.5", "I.untoc.6")


def address_of(part: SectionAssignment) -> str:
    return f"{RESPONSE}ministries/parts/{part.pk}/answer/"


def said(cast: Cast, name: str = "contributor") -> list[str]:
    return list(cast.participations[name].assignments.values_list("said", flat=True))


def test_the_same_is_said_of_all_that_is_open_and_told_once(cast: Cast, login_as: LogIn) -> None:
    second_ministry(cast)
    send(cast, "second")
    part = send(cast, questions=QUESTIONS)
    client = login_as(cast.contributor)
    assert "The same of the 3 other parts" in client.get(address_of(part)).content.decode()
    send_form(client, address_of(part), {"said": "done", "with_rest": "on"})
    assert said(cast) == ["done"] * 4
    assert said(cast, "second") == [""], "of another ministry nothing is said"
    assert Notification.objects.filter(context__sentence="A ministry has answered what was sent to it.").count() == 1
    assert "The same of" not in client.get(address_of(part)).content.decode()


def test_without_the_tick_it_is_said_of_the_one(cast: Cast, login_as: LogIn) -> None:
    part = send(cast, questions=QUESTIONS)
    send_form(login_as(cast.contributor), address_of(part), {"said": "done"})
    assert sorted(said(cast)) == ["", "", "", "done"]


def test_what_was_sent_since_the_page_was_opened_is_looked_at_first(cast: Cast, login_as: LogIn) -> None:
    part = send(cast)
    client = login_as(cast.contributor)
    send(cast, questions=QUESTIONS[:1])
    carried = carried_by(client.get(address_of(part)))
    send(cast, places=[place(cast), place(cast, "untoc", "article-6")], questions=QUESTIONS[:1])
    page = client.post(address_of(part), {**carried, "said": "done", "with_rest": "on"})
    assert (page.status_code, said(cast)) == (422, ["", "", ""])
    assert client.post(address_of(part), {**carried_by(page), "said": "done", "with_rest": "on"}).status_code == 302
    assert said(cast) == ["done"] * 3
