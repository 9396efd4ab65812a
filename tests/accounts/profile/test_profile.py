"""The profile: what a person tells of himself or herself, and in whose time the pages speak."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.affiliations.services import affiliate
from accounts.people.models import User
from accounts.profile.services import ProfileInput, update_profile
from core.errors import ServiceError
from tests.factories.accounts import UserFactory
from tests.guards import guards_off
from tests.utils import Cast, fictional_state

pytestmark = pytest.mark.django_db
GIVEN = {
    "full_name": "Ana Belova",
    "job_title": "Judge",
    "organization": "Supreme Court",
    "phone": "+43 1 000",
    "language": "en",
    "working_languages": ["en", "ru"],
    "office_hours": "Monday to Friday, 9 to 17",
    "office_place": "Vienna",
    "time_zone": "America/New_York",
}


def test_every_field_is_shown_and_kept(login_as: Callable[[User], Client]) -> None:
    user = UserFactory()
    client = login_as(user)
    assert client.post("/en/profile/", GIVEN)["Location"] == "/en/profile/"
    user.refresh_from_db()
    assert {name: getattr(user, name) for name in GIVEN} == GIVEN
    form = client.get("/en/profile/").context["form"]
    assert {name: form[name].value() for name in GIVEN} == GIVEN


def test_the_states_one_acts_for_and_the_way_to_a_new_address_are_shown(login_as: Callable[[User], Client]) -> None:
    user = UserFactory()
    affiliate(user, fictional_state("XVE"))
    affiliation = affiliate(user, fictional_state("XAL"))
    affiliation.is_permanent_mission = True
    affiliation.save()
    page = login_as(user).get("/en/profile/")
    shown = [(row.state_party.iso3, row.is_permanent_mission) for row in page.context["affiliations"]]
    assert sorted(shown) == [("XAL", True), ("XVE", False)]
    assert "A new e-mail address needs a note verbale" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("phone", "1" * 41),
        ("office_hours", "x" * 101),
        ("office_place", "x" * 201),
        ("working_languages", ["tlh"]),
        ("full_name", "a\x00b"),
    ],
)
def test_wrong_input_is_refused_beside_its_field(login_as: Callable[[User], Client], name: str, value: object) -> None:
    user = UserFactory()
    page = login_as(user).post("/en/profile/", {**GIVEN, name: value})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {name})
    user.refresh_from_db()
    assert user.office_place == ""


@pytest.mark.parametrize(("field", "value"), [("time_zone", "Mars/Olympus"), ("working_languages", ["tlh"])])
def test_the_service_refuses_what_is_no_zone_and_no_language(field: str, value: object) -> None:
    with pytest.raises(ServiceError) as refusal:
        update_profile(actor=UserFactory(), given=ProfileInput(**{**GIVEN, field: value}))
    assert refusal.value.field == field


def test_pages_show_the_time_of_day_where_the_person_is(cast: Cast, login_as: Callable[[User], Client]) -> None:
    acceptance = cast.expert.acceptances.get()
    with guards_off(["accounts_termsacceptance"]):
        acceptance.delete()
    cast.expert.acceptances.create(terms=acceptance.terms, accepted_at="2026-11-24T12:00:00Z")
    shown = {}
    for zone in ("", "America/New_York", "Asia/Tokyo", "Mars/Olympus"):
        User.objects.filter(pk=cast.expert.pk).update(time_zone=zone)
        page = login_as(cast.expert).get("/en/terms/").content.decode()
        shown[zone] = page.partition("You accepted these terms on ")[2].partition(".")[0]
    assert shown == {
        "": "24 Nov 2026, 13:00",
        "America/New_York": "24 Nov 2026, 07:00",
        "Asia/Tokyo": "24 Nov 2026, 21:00",
        "Mars/Olympus": "24 Nov 2026, 13:00",
    }


@pytest.mark.parametrize(("choice", "scheme"), [("light", "light"), ("dark", "dark"), ("", "light dark")])
def test_light_or_dark_pages_are_chosen_for_the_browser(
    login_as: Callable[[User], Client], choice: str, scheme: str
) -> None:
    client = login_as(UserFactory())
    client.cookies["appearance"] = "dark"
    client.post("/en/profile/", GIVEN | {"appearance": choice})
    assert client.cookies["appearance"].value == choice
    page = client.get("/en/profile/")
    assert page.context["form"]["appearance"].value() == choice
    content = page.content.decode()
    assert (f'data-appearance="{choice}"' in content) == bool(choice)
    assert f'<meta name="color-scheme" content="{scheme}">' in content
    assert content.count('<meta name="theme-color"') == (1 if choice else 2)


def test_a_choice_that_is_none_is_refused_and_a_cookie_that_says_nonsense_says_nothing(
    login_as: Callable[[User], Client],
) -> None:
    client = login_as(UserFactory())
    answered = client.post("/en/profile/", GIVEN | {"appearance": "sepia"})
    assert list(answered.context["form"].errors) == ["appearance"]
    assert "appearance" not in client.cookies
    client.cookies["appearance"] = 'dark" onload="x'
    assert "data-appearance" not in client.get("/en/profile/").content.decode()
