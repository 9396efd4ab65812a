"""The States, and the page of one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def _url(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def test_states_are_listed_by_group_in_pages_and_the_fictional_ones_at_the_end(cast: Cast, login_as: LoginAs) -> None:
    client, address = login_as(cast.stranger), _url("reviews:state-list")
    page = client.get(address)
    listed = page.context["listed"]
    assert listed.count == 198
    found: dict[str, list[str]] = {}
    for number in page.context["page"].paginator.page_range:
        for section, rows in client.get(address, {"page": number}).context["sections"]:
            assert number >= section.page
            assert (section.key in found) == (number > section.page), "A section begins on the page that is said."
            found.setdefault(section.key, []).extend(row["state"].iso3 for row in rows)
    assert {key: len(codes) for key, codes in found.items()} == {each.key: each.count for each in listed.sections}
    assert {code[0] for code in found["fictional"]} == {"X"}
    assert list(found)[-1] == "fictional"


@pytest.mark.parametrize(("query", "count"), [({"q": "alban"}, 1), ({"q": "ALB"}, 1), ({"q": "zzz"}, 0)])
def test_states_are_narrowed(cast: Cast, login_as: LoginAs, query: dict[str, str], count: int) -> None:
    assert login_as(cast.stranger).get(_url("reviews:state-list"), query).context["listed"].count == count


def test_a_regional_group_is_listed_alone(cast: Cast, login_as: LoginAs) -> None:
    context = login_as(cast.stranger).get(_url("reviews:state-list"), {"group": "african"}).context
    assert [section.key for section in context["listed"].sections] == ["african"]
    assert {row["state"].regional_group.slug for _section, rows in context["sections"] for row in rows} == {"african"}


def test_states_take_the_same_queries_whatever_their_number(login_as: LoginAs) -> None:
    client = login_as(UserFactory())
    for query in ({"q": "ALB"}, {}):
        with assert_query_count("reviews:state-list"):
            client.get(_url("reviews:state-list"), query | {"group": "eastern-european"})


def test_a_states_page_shows_only_reviews_that_the_reader_may_know_of(cast: Cast, login_as: LoginAs) -> None:
    address = _url("reviews:state-detail", "XVE")
    assert [review.code for review in login_as(cast.expert).get(address).context["reviews"]] == ["1-XVE"]
    page = login_as(cast.stranger).get(address)
    assert list(page.context["reviews"]) == []
    assert "1-XVE" not in page.content.decode()
    assert login_as(cast.stranger).get(_url("reviews:state-detail", "QQQ")).status_code == 404
