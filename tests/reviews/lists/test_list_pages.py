"""The list of reviews."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from tests import utils
from tests.factories.accounts import OfficerFactory
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


LIST = "/en/untoc/reviews/"


def _codes(page: Any) -> list[str]:
    return [review.code for review in page.context["page"].object_list]


def test_list_shows_the_secretariat_all_and_a_participant_his_own(cast: Cast, login_as: LoginAs) -> None:
    assert sorted(_codes(login_as(cast.officer).get(LIST))) == ["1-XMB", "1-XVE"]
    assert _codes(login_as(cast.expert).get(LIST)) == ["1-XVE"]
    assert _codes(login_as(cast.stranger).get(LIST)) == []


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("q=veskaria", ["1-XVE"]),
        ("q=1-xmb", ["1-XMB"]),
        ("q=فيسكاريا", ["1-XVE"]),
        ("q=nothing-like-it", []),
        ("step=self_assessment", ["1-XVE"]),
        ("phase=1", ["1-XMB", "1-XVE"]),
        ("phase=2", []),
        ("phase=nonsense", ["1-XMB", "1-XVE"]),
        ("owner=state_under_review", ["1-XMB", "1-XVE"]),
        ("owner=secretariat", []),
        ("overdue=on", ["1-XMB", "1-XVE"]),
    ],
)
def test_list_is_narrowed(cast: Cast, login_as: LoginAs, query: str, codes: list[str]) -> None:
    assert sorted(_codes(login_as(cast.officer).get(f"{LIST}?{query}"))) == codes


def test_a_reviewing_state_is_found_by_name(cast: Cast, login_as: LoginAs) -> None:
    name = cast.same_group_state.name
    assert _codes(login_as(cast.officer).get(LIST, {"q": name})) == ["1-XVE"]


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        ("state", ["1-XMB", "1-XVE"]),  # Marabaya, Veskaria
        ("-state", ["1-XVE", "1-XMB"]),
        ("step", ["1-XMB", "1-XVE"]),
        ("due", ["1-XMB", "1-XVE"]),
        ("-due", ["1-XVE", "1-XMB"]),
        ("password", ["1-XMB", "1-XVE"]),
    ],
)
def test_list_is_sorted(cast: Cast, login_as: LoginAs, sort: str, codes: list[str]) -> None:
    assert _codes(login_as(cast.officer).get(f"{LIST}?sort={sort}")) == codes


def test_list_takes_the_same_queries_for_one_row_and_for_three(login_as: LoginAs) -> None:
    client = login_as(OfficerFactory())
    utils.make_review(state="XHV")
    client.get(LIST)
    with assert_query_count("reviews:review-list"):
        assert len(_codes(client.get(LIST))) == 1
    for state in ("XMB", "XAL"):
        utils.make_review(state=state)
    with assert_query_count("reviews:review-list"):
        assert len(_codes(client.get(LIST))) == 3


def test_a_page_beyond_the_end_shows_the_last(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get(f"{LIST}?page=99")
    assert (page.status_code, page.context["page"].number) == (200, 1)


def test_list_without_a_mechanism_leads_to_the_first(cast: Cast, login_as: LoginAs) -> None:
    assert login_as(cast.expert).get("/en/reviews/")["Location"] == LIST
