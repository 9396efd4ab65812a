"""The main navigation marks the part in which one is, and no other."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
MAIN = re.compile(r'<nav class="[^"]*" aria-label="Main">(.*?)</nav>', re.DOTALL)
MARKED = re.compile(
    r'<a class="[^"]*" href="[^"]*" aria-current="(\w+)">(?:<svg.*?</svg> <span class="[^"]*">)?([^<]+)<'
)
REVIEW, STATE = ["untoc", "1-XVE"], ["untoc", "XVE"]


@pytest.mark.parametrize(
    ("name", "args", "marked"),
    [
        ("portal:dashboard", [], [("page", "My work")]),
        ("reviews:review-list", ["untoc"], [("page", "Reviews")]),
        ("portal:review-detail", REVIEW, [("true", "Reviews")]),
        ("reviews:consultation", REVIEW, [("true", "Reviews")]),
        ("reviews:participant-list", REVIEW, [("true", "Reviews")]),
        ("reviews:plan-list", ["untoc"], [("true", "Reviews")]),
        ("portal:reminder-rules", ["untoc"], [("true", "Reviews")]),
        ("portal:reminders", [], []),
        ("reviews:state-list", [], [("page", "States")]),
        ("reviews:state-detail", ["XVE"], [("true", "States")]),
        ("reviews:state-nominations", STATE, [("true", "States")]),
        ("reviews:state-record", STATE, [("true", "States")]),
        ("reviews:note-record", STATE, [("true", "States")]),
        ("reviews:note-list", ["untoc"], []),
        ("questionnaires:questionnaire-list", [], [("page", "Questionnaires")]),
        ("reviews:directory", [], [("page", "Directory")]),
        ("reviews:directory-experts", [], [("true", "Directory")]),
        ("portal:cockpit", ["untoc"], [("page", "Cockpit")]),
        ("portal:cockpit-waiting", ["untoc"], [("true", "Cockpit")]),
        ("accounts:account-list", [], [("page", "People")]),
        ("portal:delivery-list", [], [("true", "People")]),
        ("lots:draw-list", ["untoc"], [("page", "Draws")]),
        ("observations:publication-list", [], []),
        ("accounts:profile", [], []),
    ],
)
def test_the_navigation_marks_where_one_is(
    cast: Cast, login_as: LoginAs, name: str, args: list[str], marked: list[tuple[str, str]]
) -> None:
    page = login_as(cast.officer).get(reverse(name, args=args))
    assert page.status_code == 200
    assert marked_in(page) == marked


def test_a_page_that_is_not_there_is_in_no_part(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get("/en/nowhere/at/all/")
    assert (page.status_code, marked_in(page)) == (404, [])


def marked_in(page: Any) -> list[tuple[str, str]]:
    """Of the parts of the portal, which stand beside the page or, on one of a review, in the bar over it."""
    (parts,) = MAIN.findall(page.content.decode())
    assert parts.count("<a ") > 3
    return MARKED.findall(parts)
