"""The planner: one digest for each person and day, to whom the rules say, in the reader's language."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.affiliations.services import affiliate_mission
from accounts.people.models import User
from core.audit.roots.giving import give_root
from core.mail import notifications
from core.models import Notification
from core.time.task_days import days_of
from dialogue.exchange.models import WrittenFeedback
from portal.reminders.planner import TASK, plan_reminders
from reviews.absences.services import record_absence
from reviews.cases.enums import ParticipationRole
from reviews.due.selectors.milestones import next_act
from reviews.preferences.services import hand_on_reminders, mute_review, postpone_reminders, set_reminder_hour
from reviews.reminders.models import ReminderRule
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.utils import STARTS_ON, Cast, register

pytestmark = pytest.mark.django_db

# The answers of a review that starts on 1 November 2021 are due on Sunday, 1 May 2022.
DUE_ON = dt.date(2022, 5, 1)


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


def planned(day: dt.date, hour: int = 10) -> set[User]:
    """Those who get a digest by a run of the planner on this day."""
    before = set(Notification.objects.values_list("pk", flat=True))
    queued = plan_reminders(at(day, hour))
    new = list(Notification.objects.exclude(pk__in=before).select_related("recipient"))
    assert {mail.template for mail in new} <= {"portal/digest"}
    assert queued == len(new) == len({mail.recipient for mail in new})
    return {mail.recipient for mail in new}


def people(cast: Cast) -> set[User]:
    return {cast.focal_point, cast.expert, cast.second_expert}


def mission(cast: Cast) -> User:
    user: Any = UserFactory()
    affiliate_mission(user, cast.state)
    user.affiliations.update(starts_on=STARTS_ON)
    return user


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (dt.date(2022, 4, 15), {"focal_point", "expert", "second_expert"}),  # 14 days before is a Sunday: on Friday
        (dt.date(2022, 4, 28), {"expert", "second_expert"}),
        (DUE_ON, {"focal_point", "expert", "second_expert"}),
        (dt.date(2022, 5, 9), {"focal_point"}),  # 7 days after is a Sunday: on Monday
        (dt.date(2022, 5, 16), {"mission"}),
        (dt.date(2022, 5, 23), {"officer"}),
        (dt.date(2022, 4, 20), set()),
    ],
)
def test_the_rules_say_who_is_written_to_when(cast: Cast, day: dt.date, who: set[str]) -> None:
    cast.review.officer = cast.officer
    cast.review.save()
    everybody = {**cast.people, "mission": mission(cast)}
    assert planned(day) == {everybody[name] for name in who}


def test_a_rule_that_is_switched_off_writes_to_nobody(cast: Cast) -> None:
    ReminderRule.objects.update(is_active=False)
    assert planned(DUE_ON) == set()


def test_a_second_run_owes_nothing_more(cast: Cast) -> None:
    assert planned(DUE_ON) == people(cast)
    assert planned(DUE_ON) == set()
    assert planned(DUE_ON, hour=20) == set()
    assert planned(DUE_ON + dt.timedelta(days=1)) == set()


def test_a_planner_that_was_down_for_a_day_sends_what_it_missed(cast: Cast) -> None:
    assert planned(DUE_ON + dt.timedelta(days=1)) == people(cast)


@pytest.mark.parametrize("gap", [6, 40, 400])
def test_a_planner_that_was_down_for_long_sends_once_what_is_still_due(cast: Cast, gap: int) -> None:
    """Nobody is forgotten, and nobody hears twice of it, though three reminders of the act were missed."""
    assert planned(dt.date(2022, 4, 10)) == set()
    back = dt.date(2022, 4, 10) + dt.timedelta(days=gap)
    assert planned(back, hour=3) == set(), "nobody's hour has come yet"
    # Missed in six days: 14 days before. In more: also 3 days before, the day itself, and 7 days after it.
    assert planned(back) - {cast.officer} == people(cast)
    digests = Notification.objects.filter(template="portal/digest", recipient__in=people(cast))
    items = [mail.context["items"] for mail in digests]
    assert [len(each) for each in items] == [1, 1, 1]
    assert planned(back, hour=20) == planned(back + dt.timedelta(days=1)) == set()


def test_after_a_gap_nobody_is_reminded_of_what_is_done(cast: Cast) -> None:
    assert planned(dt.date(2022, 4, 10)) == set()
    assert cast.review.milestones.filter(reached_on=None, due_on__lte=DUE_ON).update(reached_on=DUE_ON)
    assert planned(dt.date(2022, 5, 13)) == set()


def test_after_a_gap_who_has_been_away_meanwhile_is_written_to(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at(dt.date(2022, 4, 27)))
    assert planned(dt.date(2022, 4, 27)) == set()
    record_absence(actor=cast.expert, starts_on=DUE_ON, ends_on=DUE_ON, deputy=cast.second_expert)
    time_machine.move_to(at(dt.date(2022, 6, 20)))
    assert cast.expert in planned(dt.date(2022, 6, 20))


def test_trying_out_a_moment_to_come_notes_no_run(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at(dt.date(2022, 4, 10)))
    planned(dt.date(2022, 5, 20))
    assert days_of(TASK) == []


def test_several_reviews_make_one_mail(cast: Cast) -> None:
    other = cast.bystander_review
    register(other, cast.expert, cast.bystander_state, ParticipationRole.GOVERNMENTAL_EXPERT)
    act = next_act(other)
    assert act is not None
    other.milestones.filter(pk=act.pk).update(due_on=DUE_ON)
    assert cast.expert in planned(DUE_ON)
    digest = Notification.objects.get(recipient=cast.expert, template="portal/digest")
    assert sorted(item["code"] for item in digest.context["items"]) == digest.about == ["1-XMB", "1-XVE"]


def test_it_waits_for_the_hour_where_the_person_is(cast: Cast) -> None:
    cast.expert.time_zone = "America/New_York"
    cast.expert.save()
    set_reminder_hour(actor=cast.second_expert, hour=15)
    assert planned(DUE_ON, hour=6) == {cast.focal_point}, "8 o'clock in Vienna, 2 o'clock in New York"
    assert planned(DUE_ON, hour=12) == {cast.expert}
    assert planned(DUE_ON, hour=13) == {cast.second_expert}


def test_only_the_next_act_is_reminded_of(cast: Cast) -> None:
    """Another milestone of the plan may fall on the day; nobody can do it yet."""
    assert planned(cast.review.milestones.get(plan__slug="answers_processed").due_on) == set()


@pytest.mark.stage("written_feedback")
def test_a_state_that_has_sent_its_feedback_is_left_in_peace(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    cast.review.milestones.filter(plan__slug="answers_processed").update(reached_on=STARTS_ON)
    due_on = cast.review.milestones.get(plan__slug="feedback_sent").due_on
    sent = {"status": "sent", "room": None, "sent_at": timezone.now()}
    WrittenFeedback.objects.update_or_create(review=cast.review, state_party=cast.same_group_state, defaults=sent)
    assert planned(due_on) == {cast.other_group_focal_point, cast.other_group_expert}


@pytest.mark.stage("written_feedback")
def test_the_officer_stands_for_the_focal_point_where_the_secretariat_owes(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    cast.review.officer = cast.officer
    cast.review.save()
    due_on = cast.review.milestones.get(plan__slug="answers_processed").due_on
    assert planned(due_on) == {cast.officer}


def test_what_is_postponed_comes_on_the_day_chosen(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at(dt.date(2022, 4, 27)))
    milestone = cast.review.milestones.select_related("plan", "review__step").get(plan__slug="answers_sent")
    postpone_reminders(actor=cast.expert, milestone=milestone, until=dt.date(2022, 5, 3))
    assert planned(dt.date(2022, 4, 28)) == {cast.second_expert}
    assert planned(DUE_ON) == {cast.focal_point, cast.second_expert}
    assert planned(dt.date(2022, 5, 3)) == {cast.expert}


def test_a_colleague_gets_what_was_handed_on(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at(dt.date(2022, 4, 27)))
    milestone = cast.review.milestones.select_related("plan", "review__step").get(plan__slug="answers_sent")
    hand_on_reminders(actor=cast.expert, milestone=milestone, colleague=cast.second_expert)
    Notification.objects.all().delete()  # the colleague was told
    assert planned(dt.date(2022, 4, 28)) == {cast.second_expert}
    assert planned(dt.date(2022, 5, 1)) == {cast.second_expert, cast.focal_point}


def test_a_deputy_stands_in(cast: Cast, time_machine: Any) -> None:
    time_machine.move_to(at(dt.date(2022, 4, 27)))
    day = dt.date(2022, 4, 28)
    record_absence(actor=cast.expert, starts_on=day, ends_on=day, deputy=cast.focal_point)
    assert planned(day) == {cast.focal_point, cast.second_expert}
    context = Notification.objects.get(recipient=cast.focal_point, template="portal/digest").context
    assert [(item["way"], item["owner"]) for item in context["items"]] == [("deputy", cast.expert.full_name)]
    assert planned(DUE_ON) == people(cast)


def test_a_muted_review_is_quiet_but_for_the_focal_point(cast: Cast) -> None:
    for user in (cast.expert, cast.focal_point):
        mute_review(actor=user, review=cast.review)
    assert planned(dt.date(2022, 4, 15)) == {cast.second_expert}
    assert planned(DUE_ON) == {cast.second_expert, cast.focal_point}


@pytest.mark.parametrize("rows", [1, 3])
def test_planning_takes_the_same_queries_for_one_and_three(cast: Cast, rows: int) -> None:
    away = [cast.focal_point, cast.expert][: 3 - rows]
    cast.review.participations.filter(user__in=away).update(ended_at=at(STARTS_ON))
    give_root(DUE_ON)
    with assert_query_count("portal: a batch of digests"):
        assert plan_reminders(at(DUE_ON)) == rows


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["1-XVE", "1 May 2022"]), ("ar", ["1-XVE", "1 أيار/مايو 2022", 'dir="rtl"'])]
)
def test_the_digest_leads_to_the_act_in_the_language_of_the_reader(cast: Cast, language: str, words: list[str]) -> None:
    User.objects.filter(pk=cast.expert.pk).update(language=language)
    plan_reminders(at(DUE_ON))
    digest = Notification.objects.get(recipient=cast.expert, template="portal/digest")
    assert notifications.deliver(str(digest.pk))
    message: Any = mail.outbox[0]
    html = message.alternatives[0].content
    assert [word for word in words if word not in html] == []
    for address in (
        f"/{language}/untoc/reviews/1-XVE/response/?mail=",
        f"/{language}/untoc/reviews/1-XVE/reminders/answers_sent/?mail=",
        f"/{language}/untoc/reviews/1-XVE/reminders/mute/?mail=",
        f"/{language}/reminders/?mail=",
    ):
        assert address in html
        assert address in message.body


def test_the_command_plans_once(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for _time in range(2):
        call_command("plan_reminders", "--at", "2022-05-01T10:00+00:00")
    assert capsys.readouterr().out.splitlines() == ["Queued 3 digests.", "Queued 0 digests."]
