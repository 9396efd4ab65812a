"""What States do about more time at the same moment. (These tests commit, and so build their own review.)"""

import datetime as dt

import pytest
from django.db import transaction

from core.audit import first_break_anywhere
from core.models import AuditEntry
from reviews.cases.enums import TimeChangeStatus
from reviews.cases.locks import lock_review
from reviews.cases.models import TimeChange
from reviews.dates.selectors import milestone_of
from reviews.dates.services import answer_time_change, ask_extension, withdraw_time_change
from reviews.programme.enums import MilestoneKind
from reviews.steps.services.advancing import reach_milestone
from tests.dialogue.exchange.test_exchange_races import as_new, at_once
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
LATER = dt.date(2022, 7, 1)


def ask(cast: Cast, name: str = "focal_point") -> TimeChange:
    review = type(cast.review).objects.get(pk=cast.review.pk)
    return ask_extension(
        actor=as_new(cast.people[name]),
        review=review,
        milestone=milestone_of(review, "answers_sent"),
        until=LATER,
        reason="A new law.",
    )


def answer(cast: Cast, name: str, *, agrees: bool = True) -> None:
    answer_time_change(actor=as_new(cast.people[name]), change=TimeChange.objects.get(), agrees=agrees)


def test_the_last_two_answers_at_once_agree_it_once() -> None:
    cast = make_cast()
    ask(cast)
    done = at_once(lambda: answer(cast, "same_group_focal_point"), lambda: answer(cast, "other_group_focal_point"))
    assert done == ["done", "done"]
    assert TimeChange.objects.get().status == TimeChangeStatus.AGREED
    assert AuditEntry.objects.filter(verb="reviews.time.agreed").count() == 1
    assert cast.review.milestones.get(plan__slug="answers_sent").due_on == LATER
    assert first_break_anywhere() is None


def test_the_same_milestone_asked_for_twice_at_once_is_asked_for_once() -> None:
    cast = make_cast()
    done = at_once(lambda: ask(cast), lambda: ask(cast, "same_group_focal_point"), lambda: ask(cast, "officer"))
    assert sorted(done) == ["ServiceError", "ServiceError", "done"]
    assert TimeChange.objects.count() == 1


def test_a_refusal_and_the_withdrawal_at_once_decide_it_once() -> None:
    cast = make_cast()
    ask(cast)
    done = at_once(
        lambda: answer(cast, "same_group_focal_point", agrees=False),
        lambda: withdraw_time_change(actor=as_new(cast.focal_point), change=TimeChange.objects.get()),
    )
    assert sorted(done) == ["ServiceError", "done"]


def test_reaching_a_milestone_while_more_time_is_asked_for_it_leaves_nothing_open() -> None:
    cast = make_cast()
    milestone = milestone_of(cast.review, "answers_sent")

    def reach() -> None:
        with transaction.atomic():
            lock_review(cast.review)
            reach_milestone(cast.review, MilestoneKind.ANSWERS, dt.date(2022, 4, 1))

    done = at_once(lambda: ask(cast), reach)
    assert done[1] == "done"
    milestone.refresh_from_db()
    assert milestone.reached_on is not None
    assert not TimeChange.objects.filter(status=TimeChangeStatus.ASKED).exists()
