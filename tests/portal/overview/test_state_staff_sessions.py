"""The State concerned reads who held the rare powers, when, why, and what was done."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.affiliations.services import affiliate
from accounts.people.models import StaffSession, User
from accounts.staff_sessions.services import end_staff_session, start_staff_session
from reviews.access.enums import AccessKind
from reviews.access.services import withdraw_request
from tests.query_counts import assert_query_count
from tests.reviews.access.access import asked_on_account
from tests.utils import Cast

pytestmark = pytest.mark.django_db
ADDRESS = "/en/states/XVE/staff-sessions/"


def a_session(cast: Cast, reason: str = "Note verbale 7 asks for another address.") -> StaffSession:
    """An officer asks for another address in a session."""
    session = start_staff_session(actor=cast.officer, reason=reason, state_party=cast.state)
    address = f"{session.pk}@veskaria.example"
    asked = asked_on_account(cast.officer, AccessKind.ADDRESS, cast.expert, cast.state, email=address)
    withdraw_request(actor=cast.officer, request=asked)
    end_staff_session(actor=cast.officer)
    return session


def test_a_focal_point_reads_who_when_why_and_what(cast: Cast, login_as: Callable[[User], Client]) -> None:
    session = a_session(cast)
    start_staff_session(actor=cast.officer, reason="Another State asks.", state_party=cast.same_group_state)
    asked_on_account(cast.officer, AccessKind.CLOSE, cast.same_group_expert, cast.same_group_state)
    page = login_as(cast.focal_point).get(ADDRESS)
    rows = [(row, [entry.verb for entry in acts]) for row, acts in page.context["rows"]]
    assert rows == [(session, ["reviews.access.prepared"])]
    text = page.content.decode()
    for words in (str(cast.officer), session.reason, "Asked for: "):
        assert words in text
    assert "Another State asks." not in text


def test_the_permanent_mission_reads_it_too(cast: Cast, login_as: Callable[[User], Client]) -> None:
    assert login_as(cast.stranger).get(ADDRESS).status_code == 404
    affiliation = affiliate(cast.stranger, cast.state)
    affiliation.is_permanent_mission = True
    affiliation.save()
    assert login_as(cast.stranger).get(ADDRESS).status_code == 200


def test_the_page_of_the_state_leads_there_for_those_who_may_read_it(
    cast: Cast, login_as: Callable[[User], Client]
) -> None:
    found = {
        name: f'href="{ADDRESS}"' in login_as(cast.people[name]).get("/en/states/XVE/").content.decode()
        for name in ("focal_point", "expert", "same_group_focal_point", "officer", "auditor", "stranger")
    }
    assert {name for name, is_there in found.items() if is_there} == {"focal_point", "officer", "auditor"}


def test_a_state_that_is_none_has_no_page(cast: Cast, login_as: Callable[[User], Client]) -> None:
    assert login_as(cast.officer).get("/en/states/QQQ/staff-sessions/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(
    cast: Cast, login_as: Callable[[User], Client], count: int
) -> None:
    for number in range(count):
        a_session(cast, f"Note verbale {number} asks for it.")
    client = login_as(cast.focal_point)
    with assert_query_count("portal:state-staff-sessions"):
        assert len(client.get(ADDRESS).context["rows"]) == count
