"""The way to the practice portal and back: what it carries, what is refused, and that neither has rows of the other."""

import datetime as dt
import json
from collections.abc import Callable
from uuid import uuid4

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from config.prepare import refuse_real_reviews
from portal.practice.checks import check_nothing_is_real
from portal.practice.models import Exercise, HandOver, Learner
from portal.practice.tokens import Back, read_over, sign_back, sign_over
from reviews.cases.models import Review
from tests.factories.accounts import UserFactory
from tests.plain_role import system_role
from tests.portal.practice.conftest import DOOR, ENTER, NAME, act, hand_over
from tests.utils import Cast, login_as

MARK = "X-Closed"
GO, BACK, PAGE = "portal:practice-go", "portal:practice-back", "portal:practice"


def secret_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_a_hand_over_carries_an_alias_a_name_and_a_language_and_no_more(cast: Cast) -> None:
    address = login_as(Client(), cast.focal_point).post(reverse(GO))["Location"]
    assert address.startswith("http://practice.example/en/practice/enter/")
    token = secret_of(address)
    assert set(json.loads(signing.b64_decode(token.partition(":")[0].lstrip(".").encode()))) == {
        "key",
        "learner",
        "name",
        "language",
    }
    over = read_over(token)
    assert over is not None
    assert (over.name, over.language) == (cast.focal_point.full_name, "en")
    assert over.learner == Learner.objects.get(user=cast.focal_point).alias
    assert str(over.learner) != str(cast.focal_point.pk)


def test_going_over_twice_one_stays_the_same_learner(cast: Cast) -> None:
    client = login_as(Client(), cast.expert)
    first, second = (read_over(secret_of(client.post(reverse(GO))["Location"])) for _ in range(2))
    assert first is not None and second is not None
    assert (first.learner == second.learner, first.key == second.key) == (True, False)


def test_back_come_two_days_and_the_earliest_stays(cast: Cast) -> None:
    client = login_as(Client(), cast.focal_point)
    client.post(reverse(GO))
    alias, today = Learner.objects.get().alias, timezone.localdate()
    before = today - dt.timedelta(days=3)
    for begun, finished in ((before, None), (today, before), (today, today)):
        client.get(reverse(BACK, args=[sign_back(Back(alias, begun, finished))]))
    learner = Learner.objects.get()
    assert (learner.begun_on, learner.finished_on) == (before, before)


def test_a_day_to_come_is_not_believed(cast: Cast) -> None:
    client = login_as(Client(), cast.focal_point)
    client.post(reverse(GO))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    client.get(reverse(BACK, args=[sign_back(Back(Learner.objects.get().alias, tomorrow, tomorrow))]))
    assert Learner.objects.get().finished_on == timezone.localdate()


def test_of_somebody_else_forged_or_late_nothing_is_noted(cast: Cast, settings: Settings) -> None:
    client, today = login_as(Client(), cast.focal_point), timezone.localdate()
    client.post(reverse(GO))
    own = Learner.objects.get().alias
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=11), tick=False):
        late = sign_back(Back(own, today, today))
    kept, settings.PRACTICE_KEY = settings.PRACTICE_KEY, "another key"
    foreign = sign_back(Back(own, today, today))
    settings.PRACTICE_KEY = kept
    over = sign_over(learner=own, name="", language="en")
    for token in (sign_back(Back(uuid4(), today, today)), late, foreign, over, "x"):
        page = client.get(reverse(BACK, args=[token]), follow=True).content.decode()
        assert "This way back is not yours, or too old." in page
    assert (Learner.objects.get().begun_on, Learner.objects.get().finished_on) == (None, None)


def test_signing_out_says_that_the_practice_portal_is_left_apart(cast: Cast) -> None:
    client = login_as(Client(), cast.focal_point)
    client.post(reverse(GO))
    page = client.post(reverse("accounts:sign-out"), follow=True).content.decode()
    assert "You are still in the practice portal" in page


def test_only_officers_see_who_has_practised(cast: Cast) -> None:
    login_as(Client(), cast.focal_point).post(reverse(GO))
    page = login_as(Client(), cast.officer).get(reverse("portal:practice-learners"))
    assert cast.focal_point.full_name in page.content.decode()
    assert login_as(Client(), cast.focal_point).get(reverse("portal:practice-learners")).status_code == 403


def test_where_it_is_switched_off_nothing_speaks_of_it(cast: Cast, settings: Settings) -> None:
    client = login_as(Client(), cast.officer)
    assert reverse(PAGE) in client.get(reverse("portal:dashboard")).content.decode()
    settings.PRACTICE_URL = ""
    assert reverse(PAGE) not in client.get(reverse("portal:dashboard")).content.decode()
    addresses = [reverse(PAGE), reverse("portal:practice-learners"), reverse(BACK, args=["x"])]
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert client.post(reverse(GO)).status_code == 404


def test_the_portal_itself_has_no_exercises(cast: Cast) -> None:
    """Not even for a hand-over that is in order."""
    client = login_as(Client(), cast.officer)
    assert client.get(reverse(ENTER, args=[hand_over()])).status_code == 404
    assert client.get(reverse(DOOR)).status_code == 404
    for name in ("begin", "reset", "leave"):
        assert client.post(reverse(f"portal:practice-door-{name}")).status_code == 404
    assert (Exercise.objects.exists(), HandOver.objects.exists()) == (False, False)


def test_a_practice_portal_is_kept_off_a_database_with_real_reviews(cast: Cast, settings: Settings) -> None:
    def found() -> list[str]:
        with system_role():
            return [str(each.id) for each in check_nothing_is_real(databases=["default"])]

    assert found() == [], "the portal itself holds them"
    settings.PRACTICE = True
    assert found() == ["portal.E001"]
    with system_role(), pytest.raises(SystemExit, match=r"portal\.E001"):
        refuse_real_reviews()


@pytest.mark.usefixtures("practice")
def test_a_practice_portal_is_kept_off_a_portal_that_is_being_set_up() -> None:
    """It has its first officer, and no review yet."""
    with system_role():
        assert check_nothing_is_real(databases=["default"]) == []
    UserFactory.create()
    with system_role():
        assert [each.id for each in check_nothing_is_real(databases=["default"])] == ["portal.E001"]


def test_exercises_are_no_real_reviews(begin: Callable[..., tuple[Client, Exercise]]) -> None:
    """Nor are those that were let go, with their cast."""
    client, _exercise = begin()
    client.post(reverse("portal:practice-door-reset"))
    with system_role():
        assert check_nothing_is_real(databases=["default"]) == []


@pytest.mark.usefixtures("practice")
class TestOnTheOtherSide:
    """The practice portal lets in who was handed over, and nobody else."""

    def test_a_hand_over_lets_in_once_and_leaves_no_trace_in_the_address(self) -> None:
        token, client = hand_over(), Client()
        response = client.get(reverse(ENTER, args=[token]))
        assert (response["Location"], response["Referrer-Policy"]) == (reverse(DOOR), "no-referrer")
        assert NAME in client.get(reverse(DOOR)).content.decode()
        again = Client().get(reverse(ENTER, args=[token]))
        assert again.status_code == 404
        assert HandOver.objects.count() == 1

    def test_one_that_is_forged_late_or_foreign_is_refused(self, settings: Settings) -> None:
        with time_machine.travel(timezone.now() - dt.timedelta(seconds=61), tick=False):
            late = hand_over()
        kept, settings.PRACTICE_KEY = settings.PRACTICE_KEY, "another key"
        foreign = hand_over()
        settings.PRACTICE_KEY = kept
        good = hand_over()
        forged = good[:-1] + ("a" if good[-1] != "a" else "b")
        back = sign_back(Back(uuid4(), None, None))
        for token in (late, foreign, forged, back, "x"):
            client = Client()
            assert client.get(reverse(ENTER, args=[token])).status_code == 404
            assert "practice_learner" not in client.session
        assert not HandOver.objects.exists()

    def test_a_stranger_finds_nothing_but_the_way_to_the_portal(self) -> None:
        client = Client()
        page = client.get(reverse(DOOR)).content.decode()
        assert "http://portal.example/en/practice/" in page
        assert client.get(reverse("portal:practice-door-mails")).status_code == 404
        assert client.get(reverse("portal:dashboard"))["Location"].startswith(reverse(DOOR))
        for name in ("begin", "reset", "leave"):
            assert client.post(reverse(f"portal:practice-door-{name}")).status_code == 404
        assert not Exercise.objects.exists()

    def test_nothing_of_the_portal_side_is_there(self) -> None:
        client = Client()
        client.get(reverse(ENTER, args=[hand_over()]))
        for address in (reverse(PAGE), reverse("portal:practice-learners")):
            assert client.get(address).status_code in {302, 404}
        assert (Learner.objects.exists(), Review.objects.exists()) == (False, False)

    def test_open_pages_learn_that_a_session_has_ended(self, begin: Callable[..., tuple[Client, Exercise]]) -> None:
        client, _exercise = begin()
        where = act(client, "own-expert")
        assert MARK not in client.head(reverse(DOOR)), "somebody acts"
        client.session.flush()
        led = client.get(where, follow=True)
        assert (led.redirect_chain[0][0].partition("?")[0], led[MARK]) == (reverse(DOOR), "signed-out")
        assert "Your session has ended. Come over from the portal again" in led.content.decode()

    def test_leaving_signs_out_and_leads_back_to_the_portal(self) -> None:
        client = Client()
        client.get(reverse(ENTER, args=[hand_over()]))
        back = client.post(reverse("portal:practice-door-leave"))["Location"]
        assert back.startswith("http://portal.example/en/practice/back/")
        assert "One comes here from the portal" in client.get(reverse(DOOR)).content.decode()
