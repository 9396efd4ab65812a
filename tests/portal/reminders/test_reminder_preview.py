"""Who would get what on a day: what the preview says is what the planner then sends."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings, strategies as st

from accounts.people.models import User
from accounts.states.models import StateParty
from core.models import Notification, TaskDay
from core.time.task_days import note_day
from portal.reminders.planner import TASK, plan_reminders
from portal.reminders.preview import Narrowing, effects_of, foresee, next_monday, preview_of
from reviews.absences.models import Absence
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import ReviewMilestone
from reviews.due.selectors.milestones import next_act
from reviews.preferences.models import Mute, ReminderHour, Snooze, TaskDelegation
from reviews.programme.models import Mechanism
from reviews.reminders import DraftRules, rule_set_of
from reviews.reminders.enums import ReminderAudience
from reviews.reminders.models import ReminderRule
from tests.query_counts import assert_query_count
from tests.utils import Cast, register

pytestmark = pytest.mark.django_db

LoginAs = Callable[[User], Client]
Told = set[tuple[UUID, str, str]]
# The answers of the review of the cast are due on Sunday, 1 May 2022.
DUE_ON = dt.date(2022, 5, 1)
NOW = dt.datetime(2022, 4, 11, 6, 30, tzinfo=dt.UTC)
ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Europe/Vienna", "UTC", ""]


def foreseen(now: dt.datetime, day: dt.date) -> Told:
    """Person, review and act of each line of the mails of a day."""
    foresight = foresee(now, day)
    milestones = ReviewMilestone.objects.select_related("plan", "review").in_bulk()
    return {
        (digest.person, milestones[act.milestone].review.code, milestones[act.milestone].plan.name)
        for digest in foresight.digests
        if digest.day == day
        for act in digest.acts
    }


def sent(day: dt.date) -> Told:
    """The same of the mails that the planner has owed for a day."""
    mails = Notification.objects.filter(template="portal/digest", key__endswith=f":{day.isoformat()}")
    return {(mail.recipient_id, item["code"], item["milestone"]) for mail in mails for item in mail.context["items"]}


def let_the_planner_run(now: dt.datetime, until: dt.date) -> None:
    """Each hour until that day has ended everywhere."""
    end = dt.datetime.combine(until + dt.timedelta(days=1), dt.time(12), dt.UTC)
    with time_machine.travel(now, tick=False) as traveller:
        while now <= end:
            traveller.move_to(now, tick=False)
            plan_reminders()
            now += dt.timedelta(hours=1)


class World:
    """A moment with some rules and with what people have said of themselves."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        cast.review.officer = cast.officer
        cast.review.save()
        self.people = [cast.focal_point, cast.expert, cast.second_expert, cast.officer]
        self.milestone = cast.review.milestones.get(plan__slug="answers_sent")
        self.mechanism: Mechanism = cast.review.mechanism

    def set_up(self, said: dict[str, Any]) -> None:
        Notification.objects.all().delete()
        for model in (Snooze, Mute, TaskDelegation, Absence, ReminderHour):
            model._default_manager.all().delete()
        ReminderRule.objects.update(is_active=False)
        for audience, days in said["rules"]:
            ReminderRule.objects.update_or_create(
                mechanism=self.mechanism, audience=audience, days=days, defaults={"is_active": True}
            )
        for person, zone, hour in zip(self.people, said["zones"], said["hours"], strict=True):
            User.objects.filter(pk=person.pk).update(time_zone=zone)
            ReminderHour.objects.create(user=person, hour=hour)
        _focal_point, expert, second, _officer = self.people
        if said["is_muted"]:
            Mute.objects.create(user=expert, review=self.cast.review)
        if said["snooze"] is not None:
            until = NOW.date() + dt.timedelta(days=said["snooze"])
            Snooze.objects.create(user=second, milestone=self.milestone, until=until)
        if said["is_handed_on"]:
            TaskDelegation.objects.create(user=expert, milestone=self.milestone, colleague=second)
        if said["away"] is not None:
            begin, length = said["away"]
            starts_on = NOW.date() + dt.timedelta(days=begin)
            Absence.objects.create(
                user=expert, starts_on=starts_on, ends_on=starts_on + dt.timedelta(days=length), deputy=second
            )
        if said["last_run"]:
            note_day(TASK, NOW.date() - dt.timedelta(days=said["last_run"]))


AUDIENCES = st.sampled_from(ReminderAudience.values)
WORLDS = st.fixed_dictionaries(
    {
        "rules": st.sets(st.tuples(AUDIENCES, st.integers(-20, -4)), max_size=14),
        "zones": st.lists(st.sampled_from(ZONES), min_size=4, max_size=4),
        "hours": st.lists(st.integers(0, 23), min_size=4, max_size=4),
        "is_muted": st.booleans(),
        "is_handed_on": st.booleans(),
        "snooze": st.none() | st.integers(1, 12),
        "away": st.none() | st.tuples(st.integers(-3, 8), st.integers(0, 4)),
        "last_run": st.sampled_from([0, 1, 2, 5, 12]),
    }
)
BUSY = {
    "rules": {("experts", -14), ("experts", -13), ("focal_points", -14), ("secretariat", -12)},
    "zones": ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", ""],
    "hours": [8, 23, 0, 8],
    "is_muted": False,
    "is_handed_on": False,
    "snooze": 8,
    "away": (3, 2),
    "last_run": 5,
}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=WORLDS, ahead=st.integers(0, 9))
@example(said=BUSY, ahead=7)
@example(said=BUSY, ahead=4)
def test_what_is_foreseen_is_what_is_sent(cast: Cast, said: dict[str, Any], ahead: int) -> None:
    TaskDay.objects.all().delete()
    World(cast).set_up(said)
    days = [NOW.date() + dt.timedelta(days=each) for each in range(ahead + 1)]
    with time_machine.travel(NOW, tick=False):
        expected = {day: foreseen(NOW, day) for day in days}
    assert not Notification.objects.exists(), "looking ahead sends nothing"
    let_the_planner_run(NOW, days[-1])
    assert {day: sent(day) for day in days} == expected


def test_a_busy_week_is_not_empty(cast: Cast) -> None:
    """So that the test above says something."""
    World(cast).set_up(BUSY)
    expert, second = cast.expert.pk, cast.second_expert.pk
    with time_machine.travel(NOW, tick=False):
        told = {(digest.day.day, digest.person) for digest in foresee(NOW, dt.date(2022, 4, 20)).digests}
    # 14 days before is Sunday the 17th: on Friday the 15th, when the first expert is away and the second takes over;
    # what the first has missed comes when he is back. 13 days before is Monday the 18th; put off until the 19th.
    assert {(day, person) for day, person in told if person in {expert, second}} == {
        (15, second), (17, expert), (18, expert), (19, second),
    }  # fmt: skip
    assert (15, cast.focal_point.pk) in told
    assert (19, cast.officer.pk) in told


def test_monday_is_that_of_the_institution() -> None:
    """Late on a Sunday in New York it is Monday in Vienna, where the next one is a week away."""
    assert next_monday(dt.datetime(2026, 11, 29, 21, tzinfo=dt.UTC)) == dt.date(2026, 11, 30)
    assert next_monday(dt.datetime(2026, 11, 29, 23, 30, tzinfo=dt.UTC)) == dt.date(2026, 12, 7)
    assert next_monday(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)) == dt.date(2026, 12, 7)


@pytest.fixture
def due(cast: Cast) -> dt.date:
    """The answers are due on a Monday, two weeks after the next: the rules of 14 days speak on the next Monday."""
    day = next_monday(dt.datetime.now(tz=dt.UTC)) + dt.timedelta(days=14)
    cast.review.milestones.filter(plan__slug="answers_sent").update(due_on=day)
    cast.review.officer = cast.officer
    cast.review.save()
    return day


def rules_url() -> str:
    return reverse("portal:reminder-rules", args=["untoc"])


def page_of(client: Client, **asked: str) -> str:
    http_response = client.get(rules_url(), asked)
    assert http_response.status_code == 200
    return " ".join(http_response.content.decode().split())


def shown(cast: Cast, day: dt.date, narrowing: Narrowing | None = None) -> list[tuple[str, str | None, int]]:
    now = dt.datetime.now(tz=dt.UTC)
    states = StateParty.objects.in_bulk()
    preview = preview_of(foresee(now, day), day, cast.review.mechanism, narrowing or Narrowing(), states)
    return [
        (each.audience.value, each.state.iso3 if each.state else None, each.number)
        for act in preview.acts
        if act.review == cast.review
        for each in act.recipients
    ]


def test_people_are_counted_by_capacity_and_state(cast: Cast, due: dt.date) -> None:
    monday = due - dt.timedelta(days=14)
    assert shown(cast, monday) == [("experts", "XVE", 2), ("focal_points", "XVE", 1)]
    assert shown(cast, monday, Narrowing(audience="focal_points", days=-14)) == [("focal_points", "XVE", 1)]
    assert shown(cast, monday, Narrowing(audience="focal_points", days=-3)) == []
    assert shown(cast, monday, Narrowing(state=cast.same_group_state.pk)) == []
    assert len(shown(cast, monday, Narrowing(officer=cast.officer.pk, state=cast.state.pk))) == 2
    assert shown(cast, monday, Narrowing(officer=cast.administrator.pk)) == []
    assert shown(cast, monday - dt.timedelta(days=1)) == []


def test_the_page_looks_at_next_monday_and_names_nobody(cast: Cast, due: dt.date, login_as: LoginAs) -> None:
    page = page_of(login_as(cast.officer))
    assert "3 people would get a mail on" in page
    assert "2 × Experts" in page
    section = page.split('id="who"')[1].split("</section>")[0].split("<table")[1]
    assert not [person for person in cast.people.values() if person.email in section or str(person.pk) in section]
    assert "Nothing would be sent on" in page_of(login_as(cast.officer), state="XLE")


@pytest.mark.parametrize("name", ["focal_point", "expert", "auditor"])
def test_others_read_the_rules_alone(cast: Cast, due: dt.date, login_as: LoginAs, name: str) -> None:
    page = page_of(login_as(cast.people[name]))
    assert "14 days before the indicative date" in page
    assert "Who would get what" not in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2020-01-01", "Choose a day from today, at most 30 days ahead."),
        ("2999-01-01", "Choose a day from today, at most 30 days ahead."),
        ("soon", "This is no day of the calendar."),
    ],
)
def test_a_day_that_cannot_be_looked_at_is_told_by_its_field(
    cast: Cast, login_as: LoginAs, day: str, words: str
) -> None:
    page = page_of(login_as(cast.officer), day=day, state="XVE")
    assert 'href="#id_day"' in page
    assert page.count(words) == 2
    assert 'value="XVE" selected' in page


def test_it_takes_a_constant_number_of_queries(cast: Cast, due: dt.date, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    with assert_query_count("reminder-preview"):
        page_of(client)
    other = next_act(cast.bystander_review)
    assert other is not None
    ReviewMilestone.objects.filter(pk=other.pk).update(due_on=due)
    register(cast.bystander_review, cast.expert, cast.bystander_state, ParticipationRole.GOVERNMENTAL_EXPERT)
    with assert_query_count("reminder-preview"):
        assert cast.bystander_review.code in page_of(client, day=(due - dt.timedelta(days=14)).isoformat())


def test_a_draft_is_set_beside_the_rules_in_force(cast: Cast, due: dt.date) -> None:
    """The experts hear of it 10 days before in place of 14: two reminders more, two fewer, on other days."""
    ReminderRule.objects.exclude(days=-14).update(is_active=False)
    in_force = rule_set_of(cast.review.mechanism)
    assert in_force == {("experts", -14), ("focal_points", -14)}
    draft = DraftRules(cast.review.mechanism.pk, (in_force - {("experts", -14)}) | {("experts", -10)})
    effects = effects_of(draft, dt.datetime.now(tz=dt.UTC))
    assert (effects.more, effects.fewer, effects.now, effects.then) == (2, 2, 3, 3)
    days = {(day.day - due).days: (day.now, day.then, day.more, day.fewer) for day in effects.differing}
    assert days == {-14: (3, 1, 0, 2), -10: (0, 2, 2, 0)}
    assert rule_set_of(cast.review.mechanism) == in_force, "nothing is stored"
    nothing = effects_of(DraftRules(cast.review.mechanism.pk, in_force), dt.datetime.now(tz=dt.UTC))
    assert (nothing.more, nothing.fewer, nothing.differing) == (0, 0, [])
