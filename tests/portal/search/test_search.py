"""Whoever looks for something finds what he or she may open, and nothing else."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from portal.search.selectors import MOST, found_for
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
SEARCH = "/en/search/"


def addresses(client: Client, text: str) -> set[str]:
    """Where the hits lead."""
    page = client.get(SEARCH, {"q": text})
    assert page.status_code == 200
    return set(lxml.html.document_fromstring(page.content.decode()).xpath("//ul[@class='app-hits']//a/@href"))


def reviews_in(found: set[str]) -> set[str]:
    return {match[1] for each in found if (match := re.fullmatch(r"/en/untoc/reviews/([^/]+)/", each))}


@pytest.mark.parametrize(
    ("person", "codes"),
    [
        ("focal_point", {"1-XVE"}),
        ("contributor", {"1-XVE"}),
        ("same_group_expert", {"1-XVE"}),
        ("bystander", {"1-XMB"}),
        ("stranger", set()),
        ("officer", {"1-XVE", "1-XMB"}),
        ("auditor", {"1-XVE", "1-XMB"}),
    ],
)
def test_a_code_finds_the_reviews_that_the_reader_sees(
    cast: Cast, login_as: LoginAs, person: str, codes: set[str]
) -> None:
    assert reviews_in(addresses(login_as(getattr(cast, person)), "1-X")) == codes


def test_a_state_is_found_by_its_name_in_any_language_and_by_its_code(cast: Cast, login_as: LoginAs) -> None:
    client, state = login_as(cast.stranger), cast.state
    page = reverse("reviews:state-detail", args=[state.iso3])
    for text in (state.name, state.name[:4].upper(), state.name_ar, state.iso3.lower()):
        assert page in addresses(client, text), text


def test_a_focal_point_is_found_in_the_directory(cast: Cast, login_as: LoginAs) -> None:
    found = addresses(login_as(cast.officer), cast.focal_point.full_name)
    assert {urlsplit(each).path for each in found} == {reverse("reviews:directory")}


def test_a_heading_of_a_questionnaire_is_found_where_it_stands(cast: Cast, login_as: LoginAs) -> None:
    page = reverse("questionnaires:questionnaire-detail", args=["untoc-cluster-1"])
    assert f"{page}#s-untoc-article-5" in addresses(login_as(cast.stranger), "article 5.")


def test_a_page_is_found_by_its_name_by_those_who_have_it(cast: Cast, login_as: LoginAs) -> None:
    cockpit = reverse("portal:cockpit-home")
    assert addresses(login_as(cast.officer), "cockpit") == {cockpit}
    assert addresses(login_as(cast.focal_point), "cockpit") == set()


def test_no_more_than_a_few_of_a_kind_are_shown(cast: Cast) -> None:
    kinds = {str(found.kind): found for found in found_for(cast.officer, "an")}
    assert (len(kinds["States"].hits), kinds["States"].has_more) == (MOST, True)


@pytest.mark.parametrize("text", ["", " ", "x", "%", "'; --"])
def test_what_cannot_be_looked_for_finds_nothing(cast: Cast, login_as: LoginAs, text: str) -> None:
    assert addresses(login_as(cast.officer), text) == set()


def test_what_was_looked_for_stands_in_the_box_and_is_no_part_of_the_page(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get(SEARCH, {"q": '"><script>alert(1)</script>'}).content.decode()
    box = lxml.html.document_fromstring(page).get_element_by_id("search-text")
    assert box.get("value") == '"><script>alert(1)</script>'
    assert "<script>alert(1)" not in page


def test_the_number_of_queries_does_not_grow(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    client.get(SEARCH, {"q": "veskaria"})
    for text in ("veskaria", "an"):
        with assert_query_count("portal:search"):
            client.get(SEARCH, {"q": text})
