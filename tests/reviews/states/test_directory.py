"""The directory: focal points of all States, and the experts of one's own reviews."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.affiliations.services import affiliate
from accounts.people.models import User
from reviews.capacities.capacities import forget_capacities
from reviews.cases.enums import ParticipationRole
from reviews.registration.services.participation import register_participant
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.utils import SYSTEM, Cast, fictional_state, make_review, register

pytestmark = pytest.mark.django_db
DIRECTORY, EXPERTS = "/en/directory/", "/en/directory/experts/"


def shown(client: Client, query: str = "") -> list[tuple[str, list[str]]]:
    page = client.get(DIRECTORY + query)
    return [(entry.state.iso3, [str(person) for person in entry.people]) for entry in page.context["page"]]


def test_focal_points_are_listed_by_state_without_their_reviews(cast: Cast, login_as: Callable[[User], Client]) -> None:
    client = login_as(cast.bystander)
    assert shown(client) == [
        ("XAL", ["Other Group Focal Point"]),
        ("XLE", ["Same Group Focal Point"]),
        ("XVE", ["Focal Point"]),
    ]
    page = client.get(DIRECTORY).content.decode()
    assert cast.focal_point.email in page
    assert cast.review.code not in page, "the bystander must not learn of this review"


def test_a_focal_point_in_two_reviews_stands_there_once(cast: Cast, login_as: Callable[[User], Client]) -> None:
    other = make_review(state="XAL")
    register(other, cast.focal_point, fictional_state("XVE"), ParticipationRole.FOCAL_POINT)
    assert dict(shown(login_as(cast.officer)))["XVE"] == ["Focal Point"]


def test_office_phone_hours_and_place_are_shown(cast: Cast, login_as: Callable[[User], Client]) -> None:
    told = {"phone": "+43 1 000", "office_hours": "9 to 17", "office_place": "Old Court"}
    User.objects.filter(pk=cast.focal_point.pk).update(**told)
    page = login_as(cast.officer).get(DIRECTORY).content.decode()
    assert [words for words in told.values() if words not in page] == []


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?q=veska", ["XVE"]),
        ("?q=xle", ["XLE"]),
        ("?q=SAME+GROUP", ["XLE"]),
        ("?q=فيسكاريا", ["XVE"]),
        ("?q=nobody", []),
        ("?group=no-such-group", ["XAL", "XLE", "XVE"]),
        ("?page=99", ["XAL", "XLE", "XVE"]),
        ("?q=" + "x" * 101, ["XAL", "XLE", "XVE"]),
    ],
)
def test_the_directory_is_searched_by_name_and_state(
    cast: Cast, login_as: Callable[[User], Client], query: str, codes: list[str]
) -> None:
    assert [iso3 for iso3, _people in shown(login_as(cast.officer), query)] == codes


@pytest.mark.parametrize(
    ("query", "codes"),
    [("?q=Autriche", {"AUT"}), ("?q=aut", {"AUT"}), ("?q=xve", set()), ("?q=no+such+State", set())],
)
def test_the_list_of_states_is_searched_in_any_language(client: Client, query: str, codes: set[str]) -> None:
    """Fictional States stand in the list of all, and in no other."""
    page = client.get("/en/states/" + query)
    assert {row["state"].iso3 for _section, rows in page.context["sections"] for row in rows} == codes


def test_the_directory_is_narrowed_to_a_regional_group(cast: Cast, login_as: Callable[[User], Client]) -> None:
    group = cast.other_group_state.regional_group
    assert group is not None
    assert [iso3 for iso3, _people in shown(login_as(cast.officer), f"?group={group.slug}")] == ["XAL"]


def test_who_takes_part_in_nothing_is_told_why_not(cast: Cast, login_as: Callable[[User], Client]) -> None:
    for address in (DIRECTORY, EXPERTS):
        page = login_as(cast.stranger).get(address)
        assert page.status_code == 403
        assert "The directory is for those who take part in a review" in page.content.decode()
        assert cast.focal_point.email not in page.content.decode()


def test_a_permanent_mission_sees_the_directory(cast: Cast, login_as: Callable[[User], Client]) -> None:
    affiliation = affiliate(cast.stranger, cast.state)
    affiliation.is_permanent_mission = True
    affiliation.save()
    assert len(shown(login_as(cast.stranger))) == 3


def test_an_account_that_was_closed_is_not_listed(cast: Cast, login_as: Callable[[User], Client]) -> None:
    User.objects.filter(pk=cast.focal_point.pk).update(is_active=False)
    assert "XVE" not in dict(shown(login_as(cast.officer)))


def experts(client: Client, query: str = "") -> dict[str, list[tuple[str, bool]]]:
    reviews = client.get(EXPERTS + query).context["reviews"]
    return {
        review.code: [(str(row["participation"].user), row["shows_address"]) for row in rows]
        for review, rows in reviews
    }


def test_experts_are_those_of_ones_own_reviews(cast: Cast, login_as: Callable[[User], Client]) -> None:
    assert experts(login_as(cast.bystander)) == {cast.bystander_review.code: [("Bystander", True)]}
    assert experts(login_as(cast.same_group_expert)) == {
        cast.review.code: [
            ("Expert", False),
            ("Second Expert", False),
            ("Other Group Expert", False),
            ("Same Group Expert", True),
        ]
    }


def test_the_secretariat_reaches_every_expert_and_an_auditor_none(
    cast: Cast, login_as: Callable[[User], Client]
) -> None:
    for user, may in ((cast.officer, True), (cast.auditor, False)):
        rows = experts(login_as(user))
        assert set(rows) == {cast.review.code, cast.bystander_review.code}
        assert {shows for people in rows.values() for _name, shows in people} == {may}


def test_an_address_that_the_reader_may_not_see_is_not_in_the_page(
    cast: Cast, login_as: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=cast.expert.pk).update(phone="+43 1 999")
    page = login_as(cast.same_group_expert).get(EXPERTS).content.decode()
    assert (cast.expert.email in page, "+43 1 999" in page) == (False, False)
    assert cast.same_group_expert.email in page


def test_experts_are_searched(cast: Cast, login_as: Callable[[User], Client]) -> None:
    client = login_as(cast.officer)
    assert set(experts(client, "?q=bystander")) == {cast.bystander_review.code}
    assert experts(client, "?q=nobody") == {}


@pytest.mark.parametrize("count", [1, 3])
def test_the_directory_takes_a_constant_number_of_queries(login_as: Callable[[User], Client], count: int) -> None:
    user = UserFactory()
    for state in ("XHV", "XVE", "XMB")[:count]:
        review = make_review(state=state)
        register_participant(
            actor=SYSTEM,
            review=review,
            user=user,
            state_party=review.state_under_review,
            role=ParticipationRole.OBSERVER,
        )
    forget_capacities(user)
    client = login_as(user)
    with assert_query_count("reviews:directory"):
        assert len(client.get(DIRECTORY).context["page"].object_list) == count
    with assert_query_count("reviews:directory-experts"):
        assert len(client.get(EXPERTS).context["reviews"]) == count
