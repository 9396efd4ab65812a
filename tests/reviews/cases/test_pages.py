"""The list of reviews, opening one, those who take part, and the States."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.mail import notifications
from core.models import Notification
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.programme.models import PhasePeriod
from tests import utils
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def _url(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


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


def test_a_review_is_opened(login_as: LoginAs) -> None:
    client = login_as(OfficerFactory())
    assert client.get(_url("reviews:review-open", "untoc")).status_code == 200
    http_response = client.post(_url("reviews:review-open", "untoc"), _opening())
    assert http_response["Location"] == _url("portal:review-detail", "untoc", "1-XHV")
    review = Review.objects.get(code="1-XHV")
    assert review.starts_on == dt.date(2021, 11, 1), "the first day of the period"
    assert [row.state_party.iso3 for row in review.reviewing_states.order_by("basis")] == ["XLV", "XLE"]


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


def _participants(cast: Cast) -> str:
    return _url("reviews:participant-list", "untoc", cast.review.code)


def _seen(page: Any) -> set[tuple[str, bool]]:
    return {
        (row["participation"].user.email, row["shows_address"])
        for delegation in page.context["delegations"]
        for row in delegation["rows"]
    }


def test_national_contributors_are_known_to_their_state_and_the_secretariat(cast: Cast, login_as: LoginAs) -> None:
    contributor = cast.contributor.email
    for user in (cast.focal_point, cast.officer):
        assert contributor in {email for email, _shown in _seen(login_as(user).get(_participants(cast)))}
    page = login_as(cast.same_group_expert).get(_participants(cast))
    assert contributor not in {email for email, _shown in _seen(page)}
    assert contributor not in page.content.decode()


def test_addresses_of_experts_stay_with_their_state(cast: Cast, login_as: LoginAs) -> None:
    seen = dict(_seen(login_as(cast.same_group_expert).get(_participants(cast))))
    assert seen[cast.focal_point.email] is True
    assert seen[cast.expert.email] is False
    assert seen[cast.same_group_observer.email] is True
    assert all(shown for _email, shown in _seen(login_as(cast.officer).get(_participants(cast))))


def test_participants_take_the_same_queries_whatever_their_number(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    client.get(_participants(cast))
    with assert_query_count("reviews:participant-list"):
        client.get(_participants(cast))
    for _number in range(3):
        utils.register(cast.review, UserFactory(), cast.state, ParticipationRole.GOVERNMENTAL_EXPERT)
    with assert_query_count("reviews:participant-list"):
        client.get(_participants(cast))


def test_whoever_owes_the_next_act_is_reminded_once_a_day(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    address = _url("reviews:review-remind", "untoc", cast.review.code)
    assert client.get(address).status_code == 405
    page = client.post(address, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["1 reminder is on its way."]
    notification = Notification.objects.get(template="reviews/due")
    assert notification.recipient == cast.focal_point
    assert notifications.deliver(str(notification.pk))
    assert mail.outbox[-1].subject == "Review 1-XVE: Sending of the answers"
    assert "Its indicative date is 1 May 2022." in str(mail.outbox[-1].body)
    page = client.post(address, follow=True)
    assert [str(message)[:17] for message in page.context["messages"]] == ["No mail was sent:"]


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
