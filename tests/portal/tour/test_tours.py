"""A page shows its tour until the person has left it, and points only to what its templates mark."""

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import get_resolver

from portal.tour.stops import PAGES, STOPS, Tour
from tests.factories.accounts import UserFactory
from tests.utils import login_as

pytestmark = pytest.mark.django_db
WORK = "/en/"
LEAVE, AGAIN = "/en/tours/work/leave/", "/en/tours/work/again/"


@pytest.fixture
def visitor(settings: Any) -> Client:
    settings.SHOWS_TOURS = True
    return login_as(Client(), UserFactory())


def stops_on(client: Client, page: str) -> list[str]:
    document = lxml.html.document_fromstring(client.get(page).content.decode())
    return list(document.xpath("//*[@data-stop-of]/@data-stop-of"))


def is_offered_again(client: Client) -> bool:
    return f'action="{AGAIN}"' in client.get(WORK).content.decode()


def test_a_tour_is_shown_until_it_is_left_and_then_offered_in_the_menu(visitor: Client) -> None:
    assert stops_on(visitor, WORK) == [stop.landmark for stop in STOPS[Tour.WORK]]
    assert not is_offered_again(visitor)
    for _press in range(2):  # a second press, or one in another tab, changes nothing
        answer = visitor.post(LEAVE, {"next": "/en/?show=all"})
        assert (answer.status_code, answer["Location"]) == (302, "/en/?show=all")
    assert stops_on(visitor, WORK) == []
    assert is_offered_again(visitor)
    visitor.post(AGAIN, {"next": WORK})
    assert stops_on(visitor, WORK)


def test_what_one_has_left_is_ones_own_and_of_one_page(visitor: Client) -> None:
    visitor.post(LEAVE)
    visitor.post("/en/tours/desk/leave/")
    assert stops_on(login_as(Client(), UserFactory()), WORK)
    visitor.post(AGAIN)
    person = UserFactory._meta.model.objects.get(pk=visitor.session["_auth_user_id"])
    assert person.tours_left == [Tour.DESK]


def test_nobody_is_led_elsewhere_nor_told_of_a_tour_that_there_is_not(visitor: Client) -> None:
    for trap in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""):
        assert visitor.post(LEAVE, {"next": trap})["Location"] == WORK
    assert visitor.post("/en/tours/of-the-moon/leave/").status_code == 404
    assert visitor.get(LEAVE).status_code == 405


def test_without_the_setting_and_on_a_page_without_a_tour_there_is_none(visitor: Client, settings: Any) -> None:
    assert stops_on(visitor, "/en/profile/") == []
    assert stops_on(visitor, "/en/untoc/cockpit/") == [], "of a page that is refused"
    settings.SHOWS_TOURS = False
    assert stops_on(visitor, WORK) == []


def test_each_tour_is_of_a_page_and_each_stop_has_its_landmark_in_a_template() -> None:
    assert set(PAGES.values()) == set(STOPS) == set(Tour)
    names = {name for name in PAGES if not _is_address(name)}
    assert not names, "pages that have no address"
    words = "".join(file.read_text() for file in Path("templates").rglob("*.html"))
    marked = {*re.findall(r'data-stop="([a-z-]+)"', words), "mine"}  # which stands there by the key of its part
    stops = {stop.landmark for each in STOPS.values() for stop in each}
    assert stops <= marked
    assert marked <= stops, "a landmark to which nothing points"
    assert all(3 <= len(each) <= 5 for each in STOPS.values())


def _is_address(name: str) -> bool:
    app, _, page = name.partition(":")
    return page in get_resolver().namespace_dict.get(app, ("", get_resolver()))[1].reverse_dict
