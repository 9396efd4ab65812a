"""The first page of the cockpit: what needs the officer today, and that each count is what its link opens."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.enums import NotificationStatus
from core.models import AuditEntry
from portal.cockpit.models import BulkAct
from portal.cockpit.selectors.needs import SILENCE_LIMIT
from portal.cockpit.services import save_view
from reviews.cases.models import Participation, Review, ReviewMilestone, TimeChange
from reviews.lists import with_last_sign
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.programme.models import Limit
from tests.factories.accounts import OfficerFactory
from tests.factories.core import NotificationFactory
from tests.query_counts import assert_query_count
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
COCKPIT = "/en/untoc/cockpit/"
LONG_AGO = dt.date(2021, 11, 1)


def needs(client: Client, query: str = "whose=all") -> dict[str, Any]:
    page = client.get(f"{COCKPIT}?{query}")
    assert page.status_code == 200
    return {str(each["name"]): each["need"] for each in page.context["needs"]}


def codes(need: Any) -> set[str]:
    return {row.review.code for row in need.rows}


@pytest.fixture
def officer(cast: Cast, login_as: LoginAs) -> Client:
    Review.objects.update(officer=cast.officer)
    return login_as(cast.officer)


def lose_a_mail(user: User) -> None:
    NotificationFactory(recipient=user, status=NotificationStatus.BOUNCED, address=user.email)


@pytest.mark.parametrize("whose", ["mine", "all"])
def test_each_count_is_the_number_of_reviews_that_its_link_opens(cast: Cast, officer: Client, whose: str) -> None:
    add_reviews(cast.review, 9)
    Review.objects.filter(code="1-XMB").update(officer=None)
    lose_a_mail(cast.expert)
    ReviewMilestone.objects.filter(review=cast.review, plan__order__lt=5).update(reached_on=LONG_AGO)
    for name, need in needs(officer, f"whose={whose}").items():
        page = officer.get(f"{COCKPIT}?{need.query}")
        assert page.context["page"].paginator.count == need.count, name
        assert ("officer=me" in need.query) == (whose == "mine" and name != "nobody")


def test_it_opens_with_the_readers_own_reviews_and_shows_all_on_request(cast: Cast, login_as: LoginAs) -> None:
    Review.objects.update(officer=None)
    Review.objects.filter(pk=cast.review.pk).update(officer=cast.officer)
    client = login_as(cast.officer)
    own = needs(client, "")
    assert codes(own["late"]) == {"1-XVE"}
    assert codes(own["nobody"]) == {"1-XMB"}  # in nobody's charge, and so in nobody's own list
    assert codes(needs(client)["late"]) == {"1-XVE", "1-XMB"}


def test_who_is_in_charge_of_nothing_sees_all_at_first(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(OfficerFactory())
    assert codes(needs(client, "")["late"]) == {"1-XVE", "1-XMB"}
    page = client.get(f"{COCKPIT}?whose=mine").content.decode()
    assert "See what all reviews need" in page or "Nobody in charge" in page


def test_a_review_is_silent_when_its_states_have_done_nothing_for_long(cast: Cast, officer: Client) -> None:
    assert codes(needs(officer)["silent"]) == {"1-XMB"}  # the States of the other one have acted today
    assert "nothing since the review began" in officer.get(f"{COCKPIT}?whose=all").content.decode()
    Limit.objects.filter(key=SILENCE_LIMIT).update(value=5000)
    assert "silent" not in needs(officer)


def sign(review: Review, *, room: str = "", acting_state: str = "XMB") -> None:
    AuditEntry.objects.create(
        chain=f"untoc/{review.code}",
        at=timezone.now(),
        acting_state=acting_state,
        room=room,
        verb="reviews.test",
        address="-",
        address_nonce="",
        nonce="",
        content_hash="",
        target_type="reviews.review",
        target_id=str(review.pk),
    )


@pytest.mark.parametrize(
    ("room", "acting_state", "is_silent"),
    [("", "XMB", False), ("XMB", "XMB", True), ("", "", True)],
    ids=["an act that all can read", "an act in a room", "an act of the secretariat"],
)
def test_only_an_act_of_a_state_that_the_secretariat_may_read_is_a_sign_of_life(
    cast: Cast, officer: Client, room: str, acting_state: str, is_silent: bool
) -> None:
    sign(cast.bystander_review, room=room, acting_state=acting_state)
    assert ("silent" in needs(officer)) == is_silent


def test_a_milestone_that_a_state_has_reached_is_a_sign_of_life(cast: Cast, officer: Client) -> None:
    first = cast.bystander_review.milestones.order_by("plan__order").first()
    assert first is not None
    ReviewMilestone.objects.filter(pk=first.pk).update(reached_on=timezone.localdate())
    assert "silent" not in needs(officer)


def test_in_an_agreed_pause_nobody_is_silent(cast: Cast, officer: Client) -> None:
    today = timezone.localdate()
    TimeChange.objects.create(
        review=cast.bystander_review, kind="pause", status="agreed", starts_on=today, until=today, reason="Elections."
    )
    assert "silent" not in needs(officer)


def test_states_are_silent_only_since_they_are_waited_for(cast: Cast, officer: Client) -> None:
    """The secretariat was waited for all the time, and did its own part today."""
    milestones = list(cast.bystander_review.milestones.order_by("plan__order").select_related("plan"))
    owners = [milestone.plan.owed_by for milestone in milestones]
    place = next(n for n, owner in enumerate(owners) if owner == "secretariat" and owners[n + 1] != "secretariat")
    assert place > 0
    keys = [milestone.pk for milestone in milestones]
    ReviewMilestone.objects.filter(pk__in=keys[: place + 1]).update(reached_on=LONG_AGO)
    assert codes(needs(officer)["silent"]) == {"1-XMB"}
    ReviewMilestone.objects.filter(pk=keys[place]).update(reached_on=timezone.localdate())
    assert "silent" not in needs(officer)
    found = with_last_sign(Review.objects.filter(pk=cast.bystander_review.pk)).get()
    assert (found.last_sign, found.silent_since) == (LONG_AGO, timezone.localdate())  # type: ignore[attr-defined]


@pytest.mark.parametrize("ended_early", [False, True])
def test_the_silence_begins_anew_after_a_pause(cast: Cast, officer: Client, *, ended_early: bool) -> None:
    today = timezone.localdate()
    yesterday = today - dt.timedelta(days=1)
    facts = {"review": cast.bystander_review, "kind": "pause", "status": "agreed", "reason": "Elections."}
    TimeChange.objects.create(
        **facts,
        starts_on=LONG_AGO,
        until=today + dt.timedelta(days=9) if ended_early else yesterday,
        ended_on=yesterday if ended_early else None,
    )
    assert "silent" not in needs(officer)
    TimeChange.objects.all().delete()
    ahead = today + dt.timedelta(days=30)
    TimeChange.objects.create(**facts, starts_on=ahead, until=ahead)
    assert codes(needs(officer)["silent"]) == {"1-XMB"}
    TimeChange.objects.all().delete()
    TimeChange.objects.create(**facts, starts_on=LONG_AGO, until=LONG_AGO)
    assert codes(needs(officer)["silent"]) == {"1-XMB"}


def test_what_waits_for_the_secretariat_is_its_own_act_or_a_note_to_check(cast: Cast, officer: Client) -> None:
    assert "blocked" not in needs(officer)
    note = NoteVerbale.objects.create(
        mechanism=cast.review.mechanism,
        state_party=cast.state,
        number="1",
        dated_on=timezone.localdate(),
        recorded_by=cast.administrator,
        status="submitted",
    )
    Nomination.objects.create(note=note, review=cast.review, role="observer", email="a@xve.example", full_name="A")
    assert codes(needs(officer)["blocked"]) == {"1-XVE"}
    page = officer.get(f"{COCKPIT}?whose=all").content.decode()
    assert "A note verbale is to be checked" in page
    assert 'href="/en/untoc/notes-verbales/?status=submitted"' in page


def test_a_state_without_a_focal_point_is_named(cast: Cast, officer: Client) -> None:
    assert codes(needs(officer)["unnamed"]) == {"1-XMB"}
    Participation.objects.filter(pk=cast.participations["same_group_focal_point"].pk).update(ended_at=timezone.now())
    found = needs(officer)["unnamed"]
    assert codes(found) == {"1-XVE", "1-XMB"}
    row = next(row for row in found.rows if row.review.code == "1-XVE")
    assert row.facts.without_focal_point == [cast.same_group_state]
    assert row.facts.awaited == [cast.state]  # who owes the next act, and that alone


def test_people_whom_mails_do_not_reach_are_named_until_a_mail_arrives(cast: Cast, officer: Client) -> None:
    assert "bounced" not in needs(officer)
    lose_a_mail(cast.same_group_expert)
    (row,) = needs(officer)["bounced"].rows
    assert (row.review.code, row.facts.unreached) == ("1-XVE", [cast.same_group_expert])
    NotificationFactory(
        recipient=cast.same_group_expert,
        status=NotificationStatus.SENT,
        sent_at=timezone.now() + dt.timedelta(seconds=1),
        address=cast.same_group_expert.email,
    )
    assert "bounced" not in needs(officer)


def test_reviews_that_are_closed_or_have_not_begun_need_nobody(cast: Cast, officer: Client) -> None:
    Review.objects.update(step=cast.review.mechanism.steps.order_by("order").last(), officer=None)
    cast.bystander_review.starts_on = timezone.localdate() + dt.timedelta(days=1)
    add_reviews(cast.bystander_review, 1)
    assert Review.objects.filter(officer=None).count() == 3
    assert needs(officer) == {}


def test_the_empty_page_says_so_kindly(cast: Cast, officer: Client) -> None:
    last = cast.review.mechanism.steps.order_by("order").last()
    Review.objects.update(step=last)
    assert "Nothing needs you today" in officer.get(f"{COCKPIT}?whose=all").content.decode()
    assert "No review is in your charge" in officer.get(f"{COCKPIT}?whose=mine").content.decode()


def test_a_button_leads_to_the_preview_of_the_act_and_does_nothing_yet(cast: Cast, officer: Client) -> None:
    need = needs(officer)["late"]
    asked = {"query": need.query, "everything": "1"}
    assert officer.post(f"{COCKPIT}acts/", {**asked, "kind": "remind"}).status_code == 302
    act = BulkAct.objects.get()
    assert (act.status, {line.review.code for line in act.lines.all()}) == ("prepared", {"1-XVE", "1-XMB"})
    assert officer.post(f"{COCKPIT}acts/", {**asked, "kind": "extend"}).status_code == 200
    page = officer.post(f"{COCKPIT}acts/", {**asked, "kind": "assign_officer"})
    assert (page.status_code, dict(page.context["form"].errors)) == (200, {})


def test_an_auditor_reads_and_finds_no_button(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.auditor).get(f"{COCKPIT}?whose=all").content.decode()
    assert "Past the indicative date" in page
    assert "cockpit/acts/" not in page


def test_the_way_back_shows_an_auditor_all_reviews(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.auditor)
    assert f'href="{COCKPIT}?whose="' in client.get(f"{COCKPIT}?all=1").content.decode()
    assert codes(needs(client, "whose=")["late"]) == {"1-XVE", "1-XMB"}


def test_whoever_has_saved_a_first_view_still_opens_with_it(cast: Cast, officer: Client) -> None:
    mechanism = cast.review.mechanism
    save_view(actor=cast.officer, mechanism=mechanism, name="All", query="", is_default=True)
    assert officer.get(COCKPIT)["Location"] == f"{COCKPIT}?all=1"
    save_view(actor=cast.officer, mechanism=mechanism, name="Late", query="overdue=on", is_default=True)
    assert officer.get(COCKPIT)["Location"] == f"{COCKPIT}?overdue=on"
    assert needs(officer, "whose=mine")["late"]


@pytest.mark.parametrize("count", [10, 100])
def test_queries_do_not_grow_with_the_reviews(cast: Cast, officer: Client, count: int) -> None:
    lose_a_mail(cast.expert)
    add_reviews(cast.review, count - 2)
    officer.get("/en/")
    with assert_query_count("portal:cockpit of what needs an officer"):
        assert officer.get(f"{COCKPIT}?whose=all").status_code == 200
