"""One filter for the list of reviews, the cockpit, its spreadsheet and its PDF: the same rows in the same order."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from portal.cockpit.filters import CockpitFilterSet
from portal.cockpit.pdf import context_of
from reviews.cases.models import Review
from reviews.lists import ReviewFilterSet
from reviews.lists.models import LastFilter
from tests.caches import empty_cache
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.portal.cockpit.workbooks import workbook
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = pytest.mark.django_db
COCKPIT, REVIEWS = "/en/untoc/cockpit/?all=1&", "/en/untoc/reviews/?"


@pytest.fixture
def client(cast: Cast, login_as: Callable[[User], Client]) -> Client:
    add_reviews(cast.review, 6)
    Review.objects.filter(code="1-XMB").update(officer=None)
    return login_as(cast.officer)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=Veskaria",
        "step=consultations&sort=-due",
        "officer=none",
        "overdue=on&sort=-state",
        "step=nonsense&phase=1",
    ],
)
def test_page_table_spreadsheet_and_print_have_the_same_rows(cast: Cast, client: Client, query: str) -> None:
    page = client.get(COCKPIT + query).context
    codes = [row.review.code for row in page["rows"]]
    assert codes
    assert [row.review.code for row in client.get(f"{COCKPIT}shape=table&{query}").context["rows"]] == codes
    _file, book = workbook(client, COCKPIT + query)
    assert [cell.value for cell in book.worksheets[0]["A"]][1:] == codes
    asked = {"query": page["query"], "sort": QueryDict(query).get("sort", "")}
    printed = context_of(cast.review.mechanism, cast.officer, asked)
    assert [row.review.code for row in printed["rows"]] == codes


@pytest.mark.parametrize("query", ["q=Veskaria", "phase=1", "step=not-begun", "owner=secretariat", "overdue=on"])
def test_the_list_of_reviews_narrows_as_the_cockpit_does(client: Client, query: str) -> None:
    listed = client.get(f"{REVIEWS}{query}&sort=state").context["page"]
    shown = client.get(COCKPIT + query).context["page"]
    assert [review.code for review in listed] == [review.code for review in shown]


def test_the_cockpit_has_all_filters_of_the_list_in_an_order_of_its_own(cast: Cast) -> None:
    def fields(filter_class: type[ReviewFilterSet]) -> list[str]:
        found = filter_class(QueryDict(), mechanism=cast.review.mechanism, user=cast.officer)
        return list(found.form.fields)

    assert fields(ReviewFilterSet) == ["q", "phase", "step", "owner", "overdue"]
    assert fields(CockpitFilterSet) == [*CockpitFilterSet.field_order]
    assert set(CockpitFilterSet.base_filters) == set(CockpitFilterSet.field_order)


def test_what_was_chosen_is_said_in_words(cast: Cast) -> None:
    given = QueryDict("q=ves&step=not-begun&officer=me&phase=9&overdue=on")
    found = CockpitFilterSet(given, mechanism=cast.review.mechanism, user=cast.officer)
    assert found.words == [
        ("State or code", "ves"),
        ("Step", "First day to come"),
        ("Officer in charge", "Myself"),
        ("Past the indicative date", ""),
    ]
    assert found.query == "q=ves&step=not-begun&officer=me&overdue=on"


def test_the_cockpit_keeps_the_last_filter_until_it_is_cleared(cast: Cast, client: Client) -> None:
    cockpit = "/en/untoc/cockpit/"
    client.get(f"{cockpit}?shape=table&overdue=on&phase=1&nonsense=1")
    empty_cache()  # which may be lost at any time
    page = client.get(cockpit).content.decode()
    assert f'href="{cockpit}?phase=1&amp;overdue=on&amp;shape=table">The reviews of your last filter' in page
    assert f'href="{cockpit}?all=1">Clear the filter' in page
    client.get(f"{cockpit}?all=1")
    assert "The reviews of your last filter" not in client.get(cockpit).content.decode()


def test_the_list_of_reviews_opens_as_its_reader_last_narrowed_it(
    cast: Cast, client: Client, login_as: Callable[[User], Client]
) -> None:
    reviews = "/en/untoc/reviews/"
    narrowed = client.get(f"{reviews}?phase=1&q=Veskaria&sort=-due")
    assert f'href="{reviews}?sort=-due"' in narrowed.content.decode()
    assert client.get(reviews)["Location"] == f"{reviews}?q=Veskaria&phase=1&sort=-due"
    client.get(f"{reviews}?overdue=on")
    assert client.get(reviews)["Location"] == f"{reviews}?overdue=on", "the last one"
    other = login_as(cast.focal_point)
    assert other.get(reviews).status_code == 200, "each has an own one"
    assert client.get(f"{reviews}?all=1").status_code == 200
    assert client.get(reviews).status_code == 200, "cleared"
    client.get(f"{reviews}?phase=1")
    assert f'href="{reviews}?all=1"' in client.get(f"{reviews}?phase=1").content.decode()
    client.get(f"{reviews}?phase=&q=")
    assert client.get(reviews).status_code == 200, "an empty form clears as well"


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="the table is closed to the plain role")
def test_nobody_reads_how_another_narrowed_a_list(cast: Cast, client: Client) -> None:
    client.get("/en/untoc/reviews/?q=Veskaria")
    for person, number in ((cast.officer, 1), (cast.administrator, 0), (cast.focal_point, 0)):
        with plain_role(), identified_as(person):
            assert LastFilter.objects.count() == number
