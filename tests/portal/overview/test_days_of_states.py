"""How far a date is, is said alike on every page: by the day where the State is that owes it, not by the reader's."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.states.models import StateParty
from reviews.cases.models import ReviewMilestone
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
MakeCast = Callable[..., Cast]
REVIEW = ["untoc", "1-XVE"]
DUE_ON = dt.date(2026, 3, 10)
# In Kiritimati it is 1 a.m. of the next day, in Honolulu 1 a.m. of the day itself.
NOW = dt.datetime(2026, 3, 10, 11, tzinfo=dt.UTC)
EAST, WEST = "Pacific/Kiritimati", "Pacific/Honolulu"
TODAY, PAST = "due today", "1 day past the indicative date"
zones = pytest.mark.parametrize(("state", "reader", "words"), [(WEST, EAST, TODAY), (EAST, WEST, PAST)])


def set_scene(cast: Cast, slug: str, state: str, reader: str) -> None:
    """All States live in one zone and all readers in another; one milestone is due on DUE_ON, the next much later."""
    StateParty.objects.update(time_zone=state)
    User.objects.update(time_zone=reader)
    cast.review.officer = cast.officer
    cast.review.save()
    ReviewMilestone.objects.update(due_on=DUE_ON + dt.timedelta(days=200))
    cast.review.milestones.filter(plan__slug=slug).update(due_on=DUE_ON)


def assert_said(client: Client, address: str, words: str) -> None:
    with time_machine.travel(NOW, tick=False):
        page = client.get(address).content.decode()
    assert (words in page, ({TODAY, PAST} - {words}).pop() in page) == (True, False), address
    assert ("app-due__distance--past" in page) == (words == PAST), address


@zones
def test_pages_of_a_review_agree(make_cast: MakeCast, login_as: LoginAs, state: str, reader: str, words: str) -> None:
    cast = make_cast("self_assessment")
    set_scene(cast, "answers_sent", state, reader)
    for person in (cast.focal_point, cast.same_group_observer, cast.officer):
        client = login_as(person)
        for address in (
            reverse("reviews:review-list", args=["untoc"]),
            reverse("portal:review-detail", args=REVIEW),
            reverse("reviews:dates", args=REVIEW),
            reverse("portal:dashboard") + "?show=all",
        ):
            assert_said(client, address, words)


@zones
def test_the_consultations_agree(make_cast: MakeCast, login_as: LoginAs, state: str, reader: str, words: str) -> None:
    cast = make_cast("consultations")
    set_scene(cast, "consultations_held", state, reader)
    for name, address in (
        ("focal_point", reverse("reviews:consultation", args=REVIEW)),
        ("focal_point", reverse("portal:dashboard")),
        ("observer", reverse("portal:dashboard")),
        ("officer", reverse("portal:dashboard") + "?show=all"),
    ):
        assert_said(login_as(cast.people[name]), address, words)


@zones
def test_the_cockpit_agrees(make_cast: MakeCast, login_as: LoginAs, state: str, reader: str, words: str) -> None:
    cast = make_cast("self_assessment")
    set_scene(cast, "answers_sent", state, reader)
    client, cockpit = login_as(cast.officer), reverse("portal:cockpit", args=["untoc"])
    assert_said(client, f"{cockpit}?shape=table", words)
    with time_machine.travel(NOW, tick=False):
        drawing = client.get(f"{cockpit}?all=1").content.decode()
        late = client.get(f"{cockpit}?shape=table&overdue=on").content.decode()
    assert ("app-gantt__mark--past" in drawing) == (words == PAST)
    assert ("1-XVE" in late) == (words == PAST)


@zones
def test_the_people_that_a_state_has_not_named_are_owed_by_its_own_day(
    make_cast: MakeCast, login_as: LoginAs, state: str, reader: str, words: str
) -> None:
    cast = make_cast("consultations")
    set_scene(cast, "experts_designated", state, reader)
    cast.review.participations.filter(role="governmental_expert").delete()
    client = login_as(cast.focal_point)
    for address in (
        reverse("reviews:state-nominations", args=["untoc", "XVE"]),
        reverse("portal:dashboard"),
    ):
        with time_machine.travel(NOW, tick=False):
            page = client.get(address).content.decode()
        assert words in page, address
