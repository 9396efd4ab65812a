"""Extensions and pauses: one asks, every other State agrees, and the dates follow."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.cases.enums import News, TimeChangeStatus
from reviews.cases.models import TimeChange
from reviews.dates.models import TimeChangeAnswer
from reviews.dates.selectors import agreement_on, milestone_of
from reviews.dates.services import (
    answer_time_change,
    ask_extension,
    ask_pause,
    end_pause,
    record_time_change,
    withdraw_time_change,
)
from reviews.programme.enums import MilestoneKind
from reviews.steps.services.advancing import reach_milestone, recompute_due_dates
from tests.utils import STARTS_ON, Cast

pytestmark = pytest.mark.django_db
PLANNED, LATER = dt.date(2022, 5, 1), dt.date(2022, 7, 1)
FIRST, LAST = dt.date(2022, 2, 1), dt.date(2022, 2, 10)


@pytest.fixture
def scene(cast: Cast) -> Cast:
    return cast


def ask(scene: Cast, actor: User, *, until: dt.date = LATER, reason: str = "A new law.") -> TimeChange:
    milestone = milestone_of(scene.review, "answers_sent")
    return ask_extension(actor=actor, review=scene.review, milestone=milestone, until=until, reason=reason)


def pause(scene: Cast, actor: User, first: dt.date = FIRST, last: dt.date = LAST) -> TimeChange:
    return ask_pause(actor=actor, review=scene.review, starts_on=first, until=last, reason="Elections.")


def answer(scene: Cast, change: TimeChange, *names: str, agrees: bool = True) -> TimeChange:
    for name in names:
        change = answer_time_change(actor=scene.people[name], change=change, agrees=agrees)
    return change


def agree(scene: Cast, change: TimeChange) -> TimeChange:
    return answer(scene, change, "same_group_focal_point", "other_group_focal_point")


def due(scene: Cast, slug: str = "answers_sent") -> dt.date:
    return scene.review.milestones.get(plan__slug=slug).due_on


def waiting(change: TimeChange) -> list[str]:
    return [state.iso3 for state in agreement_on(TimeChange.objects.get(pk=change.pk)).missing]


def told(news: News) -> set[str]:
    keys = Notification.objects.filter(template="reviews/news", key__startswith=f"{news}:")
    return set(keys.values_list("recipient__full_name", flat=True))


def test_every_other_state_is_asked_and_nothing_moves_before_all_agree(scene: Cast) -> None:
    change = ask(scene, scene.focal_point)
    assert waiting(change) == ["XAL", "XLE"]
    assert told(News.TIME_ASKED) == {"Same Group Focal Point", "Other Group Focal Point"}
    answer(scene, change, "same_group_focal_point")
    assert (waiting(change), due(scene)) == (["XAL"], PLANNED)


def test_the_last_agreement_moves_the_date_and_what_depends_on_it(scene: Cast) -> None:
    change = agree(scene, ask(scene, scene.focal_point))
    assert (change.status, change.decided_on) == (TimeChangeStatus.AGREED, timezone.localdate())
    assert due(scene) == LATER
    assert due(scene, "answers_processed") == dt.date(2022, 8, 1)
    assert due(scene, "feedback_sent") == dt.date(2023, 2, 1)
    assert told(News.TIME_AGREED) == {"Focal Point", "Same Group Focal Point", scene.officer.full_name}


def test_recomputing_after_an_agreement_changes_nothing(scene: Cast) -> None:
    agree(scene, ask(scene, scene.focal_point))
    assert recompute_due_dates(scene.review) == []


def test_a_request_of_the_secretariat_is_answered_by_all_states(scene: Cast) -> None:
    change = ask(scene, scene.officer)
    assert waiting(change) == ["XVE", "XAL", "XLE"]
    answer(scene, change, "focal_point")
    assert agree(scene, change).status == TimeChangeStatus.AGREED


def test_one_refusal_declines_and_the_date_stays(scene: Cast) -> None:
    change = answer(scene, ask(scene, scene.focal_point), "other_group_focal_point", agrees=False)
    assert (change.status, due(scene)) == (TimeChangeStatus.DECLINED, PLANNED)
    with pytest.raises(ServiceError, match="decided in the meantime"):
        answer(scene, change, "same_group_focal_point")
    assert "Focal Point" in told(News.TIME_DECLINED)


def test_whoever_asked_withdraws_and_nobody_else(scene: Cast) -> None:
    change = ask(scene, scene.focal_point)
    for name in ("same_group_focal_point", "officer", "expert"):
        with pytest.raises(PolicyRefusedError):
            withdraw_time_change(actor=scene.people[name], change=change)
    withdraw_time_change(actor=scene.focal_point, change=change)
    assert TimeChange.objects.get().status == TimeChangeStatus.WITHDRAWN
    assert ask(scene, scene.focal_point).status == TimeChangeStatus.ASKED, "it may be asked for again"


def test_the_state_that_asks_does_not_answer(scene: Cast) -> None:
    change = ask(scene, scene.focal_point)
    for name in ("focal_point", "same_group_expert", "officer"):
        with pytest.raises(PolicyRefusedError):
            answer(scene, change, name)
    with pytest.raises(Http404):
        answer(scene, change, "stranger")


def test_a_state_answers_once(scene: Cast) -> None:
    change = answer(scene, ask(scene, scene.focal_point), "same_group_focal_point")
    with pytest.raises(ServiceError, match="answered already"):
        answer(scene, change, "same_group_focal_point", agrees=False)
    assert TimeChangeAnswer.objects.get().agrees


def test_an_agreement_reached_elsewhere_is_recorded_with_how(scene: Cast) -> None:
    change = ask(scene, scene.focal_point)
    with pytest.raises(ServiceError, match="how the States agreed"):
        record_time_change(actor=scene.officer, change=change, how=" ")
    with pytest.raises(PolicyRefusedError):
        record_time_change(actor=scene.focal_point, change=change, how="By telephone.")
    record_time_change(actor=scene.officer, change=change, how="Notes verbales 4 and 5.")
    stored = TimeChange.objects.get()
    assert (stored.status, stored.recorded_by, stored.recorded_how) == (
        TimeChangeStatus.AGREED,
        scene.officer,
        "Notes verbales 4 and 5.",
    )
    assert due(scene) == LATER


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [(PLANNED, "A new law.", "after the present"), (LATER, "  ", "Say why")],
)
def test_what_makes_no_sense_is_refused(scene: Cast, until: dt.date, reason: str, words: str) -> None:
    with pytest.raises(ServiceError, match=words):
        ask(scene, scene.focal_point, until=until, reason=reason)


def test_the_same_milestone_is_not_asked_for_twice(scene: Cast) -> None:
    ask(scene, scene.focal_point)
    with pytest.raises(ServiceError, match="already"):
        ask(scene, scene.same_group_focal_point)
    pause(scene, scene.focal_point)
    with pytest.raises(ServiceError, match="already"):
        pause(scene, scene.officer)


def test_the_database_keeps_a_second_open_request_out_too(scene: Cast) -> None:
    first = ask(scene, scene.focal_point)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeChange.objects.create(
            review=scene.review, kind=first.kind, milestone=first.milestone, until=LATER, reason="Again."
        )


def test_a_milestone_that_was_reached_cannot_be_extended(scene: Cast) -> None:
    change = ask(scene, scene.focal_point)
    reach_milestone(scene.review, MilestoneKind.ANSWERS, dt.date(2022, 4, 1))
    assert TimeChange.objects.get().status == TimeChangeStatus.LAPSED
    with pytest.raises(ServiceError, match="decided in the meantime"):
        answer(scene, change, "same_group_focal_point")
    with pytest.raises(ServiceError, match="has been reached"):
        ask(scene, scene.focal_point)


def test_a_pause_moves_all_that_is_open(scene: Cast) -> None:
    before = dict(scene.review.milestones.values_list("plan__slug", "due_on"))
    agree(scene, pause(scene, scene.focal_point))
    after = dict(scene.review.milestones.values_list("plan__slug", "due_on"))
    days = {slug: (after[slug] - before[slug]).days for slug in before}
    assert days.pop("focal_points_appointed") == days.pop("experts_designated") == 0, "due before the pause"
    assert days.pop("consultations_held") == 0
    assert set(days.values()) == {10}


def test_a_pause_can_be_ended_early_by_whoever_asked_or_an_officer(scene: Cast) -> None:
    today = timezone.localdate()
    change = agree(scene, pause(scene, scene.focal_point, today - dt.timedelta(days=5), today + dt.timedelta(days=30)))
    with pytest.raises(PolicyRefusedError):
        end_pause(actor=scene.same_group_focal_point, change=change)
    milestone = scene.review.milestones.get(plan__slug="phase_end")
    end_pause(actor=scene.officer, change=change)
    stored = TimeChange.objects.get()
    assert (stored.ended_on, stored.ended_by) == (today, scene.officer)
    assert scene.review.milestones.get(pk=milestone.pk).due_on <= milestone.due_on
    with pytest.raises(ServiceError, match="No pause is running"):
        end_pause(actor=scene.focal_point, change=change)


def test_a_pause_that_was_ended_counts_only_the_days_until_then(scene: Cast) -> None:
    change = agree(scene, pause(scene, scene.focal_point))
    TimeChange.objects.filter(pk=change.pk).update(ended_on=FIRST + dt.timedelta(days=3))
    recompute_due_dates(scene.review)
    assert due(scene) == PLANNED + dt.timedelta(days=3)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(STARTS_ON - dt.timedelta(days=1), LAST, "before the start"), (LAST, FIRST, "before its first")],
)
def test_a_pause_that_makes_no_sense_is_refused(scene: Cast, first: dt.date, last: dt.date, words: str) -> None:
    with pytest.raises(ServiceError, match=words):
        pause(scene, scene.focal_point, first, last)


def test_a_closed_review_moves_no_more(make_cast: Callable[..., Cast]) -> None:
    scene = make_cast("closed")
    with pytest.raises(PolicyRefusedError, match="closed"):
        pause(scene, scene.officer)


def test_every_act_is_in_the_record_without_words_of_the_states(scene: Cast) -> None:
    change = ask(scene, scene.focal_point, reason="A secret reason.")
    agree(scene, change)
    entries = AuditEntry.objects.filter(verb__startswith="reviews.time.")
    assert sorted(entry.verb for entry in entries) == [
        "reviews.time.agreed",
        "reviews.time.answered",
        "reviews.time.answered",
        "reviews.time.asked",
    ]
    assert "secret" not in str([(entry.before, entry.after) for entry in entries])
