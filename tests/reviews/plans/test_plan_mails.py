"""Whoever owes a date that moves with the plan is told once, of all of his or her dates, in his or her language."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from accounts.people.models import User
from core.errors import ServiceError
from core.mail.notifications import deliver
from core.models import Notification
from reviews.cases.models import Review
from reviews.plans.services import change_plan_row, draft_plan, move_to_plan, publish_plan
from reviews.programme.enums import StepOwner
from reviews.programme.models import Mechanism, StepPlanVersion
from reviews.schedule.selectors.dates import moves_to
from reviews.schedule.selectors.plans import get_row, running_reviews
from tests.utils import SYSTEM, Cast

pytestmark = pytest.mark.django_db
TEMPLATE = "reviews/plan_moved"
# What hangs on the sending of the answers in the plan of the reference data.
MOVED = {"answers_sent", "answers_processed", "feedback_sent", "feedback_processed"}


@pytest.fixture
def first(mechanism: Mechanism) -> StepPlanVersion:
    return mechanism.plan_versions.get()


def version_with(source: StepPlanVersion, slug: str, amount: int) -> StepPlanVersion:
    """A published version in which one milestone has so many of its units."""
    draft = draft_plan(actor=SYSTEM, source=source)
    row = get_row(draft, slug)
    names = ("unit", "counted_from", "owed_by", "evidence_mark", "evidence_note")
    facts: dict[str, Any] = {name: getattr(row, name) for name in names}
    change_plan_row(actor=SYSTEM, row=row, amount=amount, **facts)
    return publish_plan(actor=SYSTEM, version=draft)


def mails() -> dict[User, Any]:
    rows = Notification.objects.filter(template=TEMPLATE).select_related("recipient")
    found = {row.recipient: row.context for row in rows}
    assert len(found) == len(rows), "one mail each"
    return found


def dates_of(cast: Cast, *owners: StepOwner) -> list[tuple[str, str]]:
    """Those of the dates that move which one of the owners owes, in the order of the plan."""
    rows = cast.review.milestones.select_related("plan").order_by("plan__order")
    return [
        (cast.review.code, row.plan.name)
        for row in rows
        if row.plan.slug in MOVED and row.plan.owed_by in {*owners, StepOwner.ALL}
    ]


def told(context: Any) -> list[tuple[str, str]]:
    return [(item["code"], item["milestone"]) for item in context["items"]]


def test_each_is_told_of_the_dates_that_he_or_she_owes(cast: Cast, first: StepPlanVersion) -> None:
    move_to_plan(actor=SYSTEM, version=version_with(first, "answers_sent", 8), reviews=[cast.review])
    own, reviewing = dates_of(cast, StepOwner.STATE_UNDER_REVIEW), dates_of(cast, StepOwner.REVIEWING_STATES)
    assert own != reviewing
    assert {user: told(context) for user, context in mails().items()} == {
        **{cast.people[name]: own for name in ("focal_point", "expert", "second_expert")},
        **{
            cast.people[f"{state}_{role}"]: reviewing
            for state in ("same_group", "other_group")
            for role in ("focal_point", "expert")
        },
        cast.officer: dates_of(cast, *StepOwner),
    }, "neither observers nor contributors nor anybody of another review"


def test_one_mail_speaks_of_all_reviews_to_those_whom_the_preview_counts(cast: Cast, first: StepPlanVersion) -> None:
    second = version_with(first, "answers_sent", 8)
    reviews = running_reviews(first.mechanism, second)
    promised = {key for move in moves_to(second, reviews) for key in move.told}
    move_to_plan(actor=SYSTEM, version=second, reviews=reviews)
    found = mails()
    assert {user.pk for user in found} == promised
    codes = {cast.review.code, cast.bystander_review.code}
    assert {code for code, _name in told(found[cast.officer])} == codes
    assert {code for code, _name in told(found[cast.bystander])} == {cast.bystander_review.code}
    assert (found[cast.officer]["path"], found[cast.expert]["path"]) == ("/en/", "/en/untoc/reviews/1-XVE/dates/")


def test_whoever_moves_the_reviews_gets_no_mail(cast: Cast, first: StepPlanVersion) -> None:
    second = version_with(first, "answers_sent", 8)
    move_to_plan(actor=cast.officer, version=second, reviews=[cast.review])
    assert (cast.officer in mails(), cast.expert in mails()) == (False, True)


def test_a_move_tells_once_and_another_one_tells_anew(cast: Cast, first: StepPlanVersion) -> None:
    second, stale = version_with(first, "answers_sent", 8), Review.objects.get(pk=cast.review.pk)
    move_to_plan(actor=SYSTEM, version=second, reviews=[cast.review])
    once = len(mails())
    assert once
    assert move_to_plan(actor=SYSTEM, version=second, reviews=[stale]) == 0
    assert len(mails()) == once
    for version in (first, second):
        move_to_plan(actor=SYSTEM, version=version, reviews=[cast.review])
    assert Notification.objects.filter(template=TEMPLATE).count() == 3 * once


def test_where_nothing_moves_nobody_is_told(cast: Cast, first: StepPlanVersion) -> None:
    draft = draft_plan(actor=SYSTEM, source=first)
    with pytest.raises(ServiceError), transaction.atomic():
        move_to_plan(actor=SYSTEM, version=draft, reviews=[cast.review])
    assert move_to_plan(actor=SYSTEM, version=publish_plan(actor=SYSTEM, version=draft), reviews=[cast.review]) == 1
    assert mails() == {}, "no date has moved"


def test_the_mail_is_in_the_language_of_its_reader(cast: Cast, first: StepPlanVersion) -> None:
    User.objects.filter(pk=cast.focal_point.pk).update(language="ar")
    move_to_plan(actor=SYSTEM, version=version_with(first, "answers_sent", 8), reviews=[cast.review])
    for reader in (cast.focal_point, cast.expert):
        notification = Notification.objects.get(template=TEMPLATE, recipient=reader)
        assert notification.about == [cast.review.code]
        assert deliver(str(notification.pk))
    arabic, english = (message.body for message in mail.outbox)
    assert "إرسال الإجابات" in arabic
    assert "/ar/untoc/reviews/1-XVE/dates/" in arabic
    line = "* Review 1-XVE: Sending of the answers, indicative date 1 July 2022 (it was 1 May 2022)"
    assert line in english.splitlines()
