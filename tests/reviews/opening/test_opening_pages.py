"""The page that opens a review."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.affiliations.services import affiliate
from accounts.people.models import User
from reviews.cases.models import Review
from reviews.programme.models import PhasePeriod
from tests import utils
from tests.factories.accounts import AdministratorFactory, OfficerFactory, UserFactory
from tests.utils import Cast, fictional_state

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def _url(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def _opening(**changes: str) -> dict[str, str]:
    period = PhasePeriod.objects.get(phase__number=1, review_group__number=2)
    given = {
        "period": str(period.pk),
        "starts_on": "",
        "state_under_review": "XHV",
        "same_group_1": "XLE",
        "same_group_2": "",
        "other_group_1": "XLV",
        "other_group_2": "",
        "officer": "",
    }
    return given | changes


@pytest.fixture
def _demo() -> None:
    """Somebody speaks for a fictional State."""
    affiliate(UserFactory(), fictional_state("XHV"))


def test_fictional_states_are_offered_where_somebody_speaks_for_one(login_as: LoginAs) -> None:
    pages = (_url("reviews:review-open", "untoc"), _url("accounts:staff-session-start"))
    client = login_as(AdministratorFactory())
    for page in pages:
        shown = client.get(page).content.decode()
        assert ('value="KEN"' in shown, 'value="XHV"' in shown) == (True, False)
    affiliate(UserFactory(), fictional_state("XHV"))
    for page in pages:
        assert 'value="XHV"' in client.get(page).content.decode()


def test_whoever_is_alone_reads_why_one_may_open_a_review_all_the_same(login_as: LoginAs) -> None:
    client, page = login_as(AdministratorFactory()), _url("reviews:review-open", "untoc")
    assert "let in by two" in client.get(page).content.decode()
    OfficerFactory()
    assert "let in by two" not in client.get(page).content.decode()


@pytest.mark.usefixtures("_demo")
def test_a_review_is_opened(login_as: LoginAs) -> None:
    client = login_as(OfficerFactory())
    assert client.get(_url("reviews:review-open", "untoc")).status_code == 200
    page = client.post(_url("reviews:review-open", "untoc"), _opening())
    given = _opening(seen=page.context["form"]["seen"].value())  # that it lies in the past was shown
    http_response = client.post(_url("reviews:review-open", "untoc"), given)
    assert http_response["Location"] == _url("portal:review-detail", "untoc", "1-XHV")
    review = Review.objects.get(code="1-XHV")
    assert review.starts_on == dt.date(2021, 11, 1), "the first day of the period"
    assert [row.state_party.iso3 for row in review.reviewing_states.order_by("basis")] == ["XLV", "XLE"]


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period": ""}, "period"),
        ({"state_under_review": ""}, "state_under_review"),
        ({"other_group_1": ""}, "other_group_1"),
        ({"starts_on": "tomorrow"}, "starts_on"),
        ({"starts_on": "1990-01-01"}, "state_under_review"),  # party to nothing then
        ({"other_group_1": "XLE"}, "other_group_1"),  # named twice
        ({"same_group_1": "XLV", "other_group_1": "XLE"}, "same_group_1"),  # the wrong group
        ({"state_under_review": "QQQ"}, "state_under_review"),
    ],
)
def test_an_error_stands_by_its_field_and_the_rest_is_kept(
    login_as: LoginAs, changes: dict[str, str], field: str
) -> None:
    client = login_as(OfficerFactory())
    given = _opening(**changes)
    page = client.post(_url("reviews:review-open", "untoc"), given)
    form = page.context["form"]
    assert (page.status_code, set(form.errors)) == (422, {field})
    assert {name: form[name].value() for name in given} == given
    assert f'href="#id_{field}"' in page.content.decode()
    assert Review.objects.count() == 0


@pytest.mark.usefixtures("_demo")
def test_a_second_review_of_the_phase_is_refused_by_the_state(login_as: LoginAs) -> None:
    utils.make_review(state="XHV")
    page = login_as(OfficerFactory()).post(_url("reviews:review-open", "untoc"), _opening())
    assert page.context["form"].errors == {"state_under_review": ["The review of Halvonia in phase 1 is already open."]}


def test_only_officers_open_a_review(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.focal_point).get(_url("reviews:review-open", "untoc"))
    assert page.status_code == 403
    assert "Only an officer of the secretariat opens a review." in page.content.decode()
    page = login_as(cast.auditor).get(_url("reviews:review-list", "untoc"))
    assert "Open a review" not in page.content.decode()
