"""Lots are drawn for years ahead: a review that has not begun stands at no step, and buries nothing that is due."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from questionnaires.sending.services import open_response
from reviews.cases.models import Review
from reviews.speakers.selectors import NominatingState
from reviews.states.models import PublicStatus
from reviews.states.services import agree_to_public_status
from tests import utils
from tests.caches import empty_cache
from tests.guards import guards_off
from tests.portal.cockpit.workbooks import workbook
from tests.utils import SYSTEM, Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HOME, LIST, COCKPIT = "/en/", "/en/untoc/reviews/", "/en/untoc/cockpit/"


@pytest.fixture
def to_come(cast: Cast) -> Review:
    """The second phase of the cast's State, which begins tomorrow and has the same focal point and officer."""
    review = utils.make_review(state=cast.state.iso3, phase=2)
    utils.register(review, cast.second_expert, cast.state, "governmental_expert")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with guards_off([Review._meta.db_table]):
        Review.objects.filter(pk=review.pk).update(starts_on=tomorrow, officer=cast.officer)
    review.refresh_from_db()
    return review


def test_it_begins_on_its_day(to_come: Review) -> None:
    assert not to_come.has_begun
    to_come.starts_on = timezone.localdate()
    assert to_come.has_begun


def test_the_secretariat_counts_it_apart(cast: Cast, to_come: Review, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get(HOME)
    (programme,) = page.context["programmes"]
    counts = programme["counts"]
    assert (counts.begun, counts.under_way, counts.later) == (2, 2, 1)
    assert "1 review has its first day to come" in page.content.decode()


@pytest.mark.parametrize("address", [LIST, COCKPIT + "?all=1&shape=table"])
def test_lists_say_that_it_has_not_begun(cast: Cast, to_come: Review, login_as: LoginAs, address: str) -> None:
    client = login_as(cast.officer)
    query = "&" if "?" in address else "?"

    def codes(step: str) -> set[str]:
        found = client.get(f"{address}{query}step={step}")
        assert found.status_code == 200
        return {getattr(row, "review", row).code for row in found.context["page"].object_list}

    assert codes("consultations") == {"1-XMB"}
    assert codes("not-begun") == {to_come.code}
    page = client.get(f"{address}{query}step=not-begun").content.decode()
    assert "Not begun yet</span>" in page


def test_one_whose_self_assessment_is_open_stands_there_before_its_first_day(
    cast: Cast, to_come: Review, login_as: LoginAs
) -> None:
    open_response(SYSTEM, to_come, reason="The State asked for it.")
    client, words = login_as(cast.officer), "Self-assessment, first day to come"
    for address in (LIST + "?", COCKPIT + "?all=1&shape=table&", COCKPIT + "?all=1&"):
        page = client.get(f"{address}step=not-begun").content.decode()
        assert (words in page, "Not begun yet" in page) == (True, False), address
    _file, book = workbook(client, f"{COCKPIT}?step=not-begun")
    assert words in {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}


def test_the_legend_of_the_cockpit_counts_it_apart(cast: Cast, to_come: Review, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get(f"{COCKPIT}?all=1")
    assert page.context["later"] == 1
    assert sum(count for _number, _step, count in page.context["steps"]) == 2


def test_its_reviewing_states_perform_nothing_yet(cast: Cast, to_come: Review, login_as: LoginAs) -> None:
    performed = login_as(cast.officer).get(f"{COCKPIT}workload/").context["states"]
    assert performed
    assert to_come.code not in {code for load in performed for code in load.codes}


def test_the_workbook_says_that_it_has_not_begun(cast: Cast, to_come: Review, login_as: LoginAs) -> None:
    _file, book = workbook(login_as(cast.officer), f"{COCKPIT}?step=not-begun")
    sheet = book.worksheets[0]
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {to_come.code, "Not begun yet"} <= words
    assert "1-XVE" not in words


def test_my_work_keeps_it_for_later(cast: Cast, to_come: Review, login_as: LoginAs) -> None:
    client = login_as(cast.second_expert)
    codes = {
        part.key: {task.review.code for task in [*part.cards, *part.lines]}
        for part in client.get(f"{HOME}?show=all").context["parts"]
    }
    assert codes.pop("later") == {to_come.code}
    assert set.union(*codes.values()) == {"1-XVE"}
    assert [part.key for part in client.get(f"{HOME}?show=mine").context["parts"]] == ["mine"]
    assert "What they will need can be done ahead." in client.get(f"{HOME}?show=later").content.decode()


def test_without_such_a_review_my_work_offers_no_part_for_it(cast: Cast, login_as: LoginAs) -> None:
    assert "show=later" not in login_as(cast.expert).get(HOME).content.decode()


def test_the_public_page_does_not_know_it_yet(cast: Cast, to_come: Review) -> None:
    empty_cache()
    PublicStatus.objects.filter(mechanism=to_come.mechanism).update(is_open=True)
    agree_to_public_status(actor=cast.focal_point, place=NominatingState(to_come.mechanism, cast.state))
    (state,) = Client().get("/en/status/untoc.json").json()["states"]
    assert [row["code"] for row in state["reviews"]] == ["1-XVE"]
