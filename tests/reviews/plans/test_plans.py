"""The step plan in versions: drafted, published and frozen, and running reviews moved to them."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from portal.reference.load import load_all
from reviews.cases.models import Review
from reviews.plans.services import change_plan, change_plan_row, discard_plan, draft_plan, move_to_plan, publish_plan
from reviews.preferences.models import Snooze, TaskDelegation
from reviews.programme.enums import DayRule, MilestoneKind
from reviews.programme.models import Holiday, Mechanism, Phase, StepPlan, StepPlanVersion
from reviews.schedule.selectors.dates import moves_to
from reviews.schedule.selectors.plans import get_row, running_reviews, version_for
from reviews.steps.services.advancing import reach_milestone
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.query_counts import assert_query_count
from tests.utils import SYSTEM, Cast, make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(mechanism: Mechanism) -> StepPlanVersion:
    return mechanism.plan_versions.get()


def row_facts(row: StepPlan, **changes: object) -> dict[str, object]:
    names = ("amount", "unit", "counted_from", "owed_by", "evidence_mark", "evidence_note")
    return {name: getattr(row, name) for name in names} | changes


def facts(version: StepPlanVersion, **changes: object) -> dict[str, object]:
    names = ("phase", "day_rule", "evidence_mark", "evidence_note", "note")
    return {name: getattr(version, name) for name in names} | changes


def longer_answers(first: StepPlanVersion) -> StepPlanVersion:
    """A published version by which the answers are due after eight months."""
    draft = draft_plan(actor=SYSTEM, source=first)
    row = get_row(draft, "answers_sent")
    change_plan_row(actor=SYSTEM, row=row, **row_facts(row, amount=8))
    return publish_plan(actor=SYSTEM, version=draft)


def due(review: Review, slug: str = "answers_sent") -> dt.date:
    return review.milestones.get(plan__slug=slug).due_on


def test_the_plan_of_the_reference_data_is_the_first_version(first: StepPlanVersion) -> None:
    assert (first.number, first.is_published, first.phase, first.day_rule) == (1, True, None, DayRule.KEEP)
    plan = {row.slug: (row.amount, row.unit, row.evidence_mark) for row in first.milestones.all()}
    assert plan["focal_points_appointed"] == (2, "weeks", "S")
    assert plan["experts_designated"] == (4, "weeks", "S")
    assert plan["consultations_held"] == (6, "weeks", "S")
    assert plan["answers_sent"] == (6, "months", "U")
    assert plan["answers_processed"] == plan["feedback_processed"] == (1, "months", "I")
    assert plan["feedback_sent"] == (6, "months", "U")
    assert plan["list_agreed"] == (22, "months", "I")
    assert plan["summary_cleared"] == (24, "months", "I")
    assert get_row(first, "feedback_sent").counted_from == get_row(first, "answers_sent")


def test_loading_the_reference_data_again_makes_no_new_version(first: StepPlanVersion) -> None:
    load_all()
    assert StepPlanVersion.objects.get() == first


def test_what_the_secretariat_published_stays_the_newest_when_the_reference_data_is_loaded(
    first: StepPlanVersion,
) -> None:
    second = longer_answers(first)
    load_all()
    assert version_for(Phase.objects.get(mechanism=first.mechanism, number=1)) == second


def test_holidays_that_were_verified_by_hand_stay(reference: None) -> None:
    day = Holiday.objects.order_by("day")[0]
    Holiday.objects.filter(pk=day.pk).update(evidence_mark="P", evidence_note="Read in the list.")
    load_all()
    assert Holiday.objects.get(pk=day.pk).evidence_note == "Read in the list."
    assert all(each.evidence_mark in {"I", "M"} for each in Holiday.objects.exclude(pk=day.pk))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda version: version.milestones.update(amount=1),
        lambda version: version.milestones.all()[0].delete(),
        lambda version: StepPlanVersion.objects.filter(pk=version.pk).update(day_rule=DayRule.NEXT_WORKING_DAY),
        lambda version: StepPlanVersion.objects.filter(pk=version.pk).update(published_at=None),
        lambda version: StepPlan.objects.create(
            version=version, slug="more", step=version.milestones.all()[0].step, order=99, amount=1, unit="days"
        ),
    ],
    ids=["change", "delete", "rule", "unpublish", "add"],
)
def test_the_database_freezes_a_published_version(
    first: StepPlanVersion, spoil: Callable[[StepPlanVersion], object]
) -> None:
    with pytest.raises((ProgrammingError, ProtectedError)), transaction.atomic():
        spoil(first)


def test_a_draft_is_a_copy_of_a_version(first: StepPlanVersion) -> None:
    draft = draft_plan(actor=SYSTEM, source=first)
    columns = ("slug", "order", "amount", "unit", "counted_from__slug", "owed_by", "clock_stops", "name_ar", "name_en")
    assert list(draft.milestones.values_list(*columns)) == list(first.milestones.values_list(*columns))
    assert not {row.pk for row in draft.milestones.all()} & {row.pk for row in first.milestones.all()}
    assert all(row.counted_from is None or row.counted_from.version == draft for row in draft.milestones.all())


def test_there_is_one_draft_at_a_time_and_it_can_be_discarded(first: StepPlanVersion) -> None:
    draft = draft_plan(actor=SYSTEM, source=first)
    with pytest.raises(ServiceError, match="draft already"):
        draft_plan(actor=SYSTEM, source=first)
    discard_plan(actor=SYSTEM, version=draft)
    assert StepPlanVersion.objects.get() == first
    with pytest.raises(ServiceError, match="is published"):
        discard_plan(actor=SYSTEM, version=first)


def test_milestones_that_count_in_a_circle_are_refused(first: StepPlanVersion) -> None:
    draft = draft_plan(actor=SYSTEM, source=first)
    row = get_row(draft, "answers_sent")
    with pytest.raises(ServiceError, match="circle"):
        change_plan_row(actor=SYSTEM, row=row, **row_facts(row, counted_from=get_row(draft, "feedback_sent")))


def test_a_draft_changes_nothing_for_anybody(first: StepPlanVersion) -> None:
    draft = draft_plan(actor=SYSTEM, source=first)
    assert make_review().plan_version == first
    with pytest.raises(ServiceError, match="draft"):
        move_to_plan(actor=SYSTEM, version=draft, reviews=Review.objects.all())


def test_a_review_is_opened_with_the_newest_version_of_its_phase(first: StepPlanVersion) -> None:
    second = longer_answers(first)
    review = make_review()
    assert (review.plan_version, due(review)) == (second, dt.date(2022, 7, 1))
    draft = draft_plan(actor=SYSTEM, source=first)
    phase = Phase.objects.get(mechanism=first.mechanism, number=2)
    change_plan(actor=SYSTEM, version=draft, **facts(draft, phase=phase))
    third = publish_plan(actor=SYSTEM, version=draft)
    fourth = longer_answers(first)
    assert make_review(state="XVE").plan_version == fourth
    assert make_review(state="XVE", phase=2).plan_version == third, "the phase's own goes before a newer general one"


def test_moving_a_review_moves_its_open_dates_and_keeps_what_was_reached(first: StepPlanVersion) -> None:
    review = make_review("self_assessment")
    reached = dict(review.milestones.values_list("plan__slug", "reached_on"))
    second = longer_answers(first)
    assert due(review) == dt.date(2022, 5, 1), "running reviews keep their version"
    assert move_to_plan(actor=SYSTEM, version=second, reviews=[review]) == 1
    review.refresh_from_db()
    assert (review.plan_version, due(review)) == (second, dt.date(2022, 7, 1))
    assert due(review, "feedback_sent") == dt.date(2023, 2, 1)
    assert dict(review.milestones.values_list("plan__slug", "reached_on")) == reached
    assert {row.plan.version for row in review.milestones.select_related("plan__version")} == {second}
    assert move_to_plan(actor=SYSTEM, version=second, reviews=[review]) == 0


def test_the_preview_says_what_the_move_does(first: StepPlanVersion) -> None:
    reviews = [make_review("self_assessment"), make_review(state="XVE")]
    reach_milestone(reviews[1], MilestoneKind.ANSWERS, dt.date(2022, 4, 1))
    second = longer_answers(first)
    moves = {move.review.code: move for move in moves_to(second, running_reviews(first.mechanism, second))}
    promised = {code: {row.name: row.then for row in move.moved} for code, move in moves.items()}
    assert promised["1-XVE"] == {}, "the answers were received; nothing depends on when they were due"
    move_to_plan(actor=SYSTEM, version=second, reviews=reviews)
    for review in reviews:
        for name, then in promised[review.code].items():
            assert review.milestones.get(plan__name_en=name).due_on == then
    assert len(promised["1-XHV"]) == 4


def test_what_others_set_for_a_milestone_goes_with_it(cast: Cast, first: StepPlanVersion) -> None:
    """By an officer in a page, who sets nothing for others."""
    day = timezone.localdate()
    gone, stays = (cast.review.milestones.get(plan__slug=slug) for slug in ("list_agreed", "feedback_sent"))
    Snooze.objects.create(user=cast.expert, milestone=gone, until=day)
    TaskDelegation.objects.create(user=cast.focal_point, milestone=gone, colleague=cast.expert)
    kept = Snooze.objects.create(user=cast.expert, milestone=stays, until=day)
    draft = draft_plan(actor=SYSTEM, source=first)
    row = get_row(draft, "list_agreed")
    draft.milestones.filter(counted_from=row).update(counted_from=get_row(draft, "feedback_sent"))
    row.delete()
    version = publish_plan(actor=SYSTEM, version=draft)
    with plain_role(), identified_as(cast.officer), transaction.atomic():
        move_to_plan(actor=cast.officer, version=version, reviews=[cast.review])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert list(Snooze.objects.all()) == [kept]
    assert not TaskDelegation.objects.exists()
    if HAS_TWO_ROLES:
        with plain_role(), identified_as(cast.officer):
            assert Snooze.objects.update(until=day + dt.timedelta(1)) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_the_same_queries_for_one_review_and_for_three(first: StepPlanVersion, count: int) -> None:
    for state in ("XHV", "XVE", "XMB")[:count]:
        make_review(state=state)
    second = longer_answers(first)
    with assert_query_count("preview of a move to another plan"):
        assert len(moves_to(second, running_reviews(first.mechanism, second))) == count


def test_dates_on_a_day_off_move_where_the_version_says_so(first: StepPlanVersion) -> None:
    draft = draft_plan(actor=SYSTEM, source=first)
    change_plan(actor=SYSTEM, version=draft, **facts(draft, day_rule=DayRule.NEXT_WORKING_DAY))
    publish_plan(actor=SYSTEM, version=draft)
    review = make_review()
    assert due(review) == dt.date(2022, 5, 2), "1 May 2022 was a Sunday"
    assert due(review, "consultations_held") == dt.date(2021, 12, 13), "a Monday"


@pytest.mark.parametrize("name", ["focal_point", "auditor", "stranger"])
def test_only_officers_change_the_plan(cast: Cast, first: StepPlanVersion, name: str) -> None:
    acts = [
        lambda actor: draft_plan(actor=actor, source=first),
        lambda actor: publish_plan(actor=actor, version=first),
        lambda actor: move_to_plan(actor=actor, version=first, reviews=[cast.review]),
    ]
    for act in acts:
        with pytest.raises(PolicyRefusedError):
            act(cast.people[name])


def test_what_is_done_to_the_plan_is_in_the_record(cast: Cast, first: StepPlanVersion) -> None:
    draft = draft_plan(actor=cast.officer, source=first)
    published = publish_plan(actor=cast.officer, version=draft)
    assert published.published_by == cast.officer
    move_to_plan(actor=cast.officer, version=published, reviews=[cast.review])
    verbs = set(AuditEntry.objects.filter(verb__startswith="reviews.plan.").values_list("verb", flat=True))
    assert verbs == {"reviews.plan.drafted", "reviews.plan.published", "reviews.plan.moved"}
