"""Which pages an exercise needs: they are open in the practice portal, and all others lead back to the exercise."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from pytest_django.fixtures import Settings

from portal.practice.middleware import OPEN
from portal.practice.models import Exercise
from tests.portal.practice.conftest import DOOR, act, begun, let_act_until

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(begun)]
Begin = Callable[..., tuple[Client, Exercise]]


@pytest.mark.parametrize(("name", "others"), [("contributor-invite", []), ("contributor-end", [str(uuid4())])])
def test_nobody_can_be_brought_in_from_outside_or_put_out(begin: Begin, name: str, others: list[str]) -> None:
    """Not even one of another cast, whose learner would then have a place in both."""
    client, exercise = begin()
    act(client, "own-focal-point")
    assert exercise.review is not None
    address = reverse(f"reviews:{name}", args=["practice", exercise.review.code, *others])
    for response in (client.get(address), client.post(address)):
        assert response["Location"] == reverse(DOOR)


def test_each_page_that_is_open_is_there() -> None:
    assert OPEN - names_of(get_resolver()) == set()


def test_a_page_that_nobody_has_opened_is_closed(begin: Begin, settings: Settings) -> None:
    """What is added to the portal is no part of an exercise until somebody says so."""
    client, _exercise = begin()
    act(client, "own-focal-point")
    closed = names_of(get_resolver()) - OPEN
    assert {"reviews:status", "reviews:contributor-invite", "portal:practice", "admin:index"} <= closed
    settings.ROOT_URLCONF = "tests.portal.practice.addresses_of_tomorrow"
    assert client.get(reverse("tomorrow"))["Location"] == reverse(DOOR)


def test_what_a_page_asks_for_by_itself_leaves_no_word_for_the_next_one(begin: Begin) -> None:
    client, _exercise = begin()
    act(client, "own-focal-point")
    closed, words = reverse("reviews:state-list"), "This page is no part of the exercise."
    for asked_by, is_told in (("empty", False), ("document", True)):
        assert client.get(closed, headers={"Sec-Fetch-Dest": asked_by})["Location"] == reverse(DOOR)
        assert (words in client.get(reverse(DOOR)).content.decode()) is is_told


def names_of(resolver: URLResolver, within: str = "") -> set[str]:
    """What all views below are called."""
    found: set[str] = set()
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found |= names_of(each, f"{within}{each.namespace}:" if each.namespace else within)
        else:
            found.add(f"{within}{each.name}")
    return found


@pytest.mark.parametrize(
    "name",
    [
        "accounts:forgot-password",
        "accounts:profile",
        "accounts:sign-in",
        "api:schema",
        "core:root-list",
        "lots:public-draw-list",
        "observations:publication-list",
        "reviews:calendar-feed-list",
        "portal:reminders",
        "reviews:directory",
        "reviews:mission-link",
        "reviews:state-list",
    ],
)
def test_what_is_no_part_of_an_exercise_leads_back_to_it(begin: Begin, name: str) -> None:
    client, _exercise = begin()
    act(client, "own-focal-point")
    assert client.get(reverse(name))["Location"] == reverse(DOOR)


def test_each_form_of_the_desk_is_open(begin: Begin) -> None:
    """A mark and a note too: whoever presses one stays in the exercise."""
    client, exercise = begin()
    let_act_until(client, "comment")
    act(client, "first-expert")
    assert exercise.review is not None
    address = ["practice", exercise.review.code]
    desk = client.get(reverse("portal:desk", args=address)).content.decode()
    section = re.search(rf'href="({reverse("portal:desk", args=address)}[^"]+/)"', desk)
    assert section is not None
    page = client.get(section[1]).content.decode()
    posts = re.findall(r'<form [^>]*action="([^"?]+)[^"]*" method="post"|method="post" action="([^"?]+)', page)
    names = {resolve(before or after).view_name for before, after in posts}
    assert {"dialogue:question-mark", "dialogue:question-note", "dialogue:question-comment"} <= names
    assert {name for name in names if name.startswith(("dialogue:", "observations:"))} <= OPEN
