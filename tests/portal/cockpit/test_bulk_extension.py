"""More time for many reviews at once: the secretariat asks, the States of each review still have to agree."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import TestCase

from core.errors import ServiceError
from core.models import AuditEntry, Notification
from portal.cockpit import services as bulk
from portal.cockpit.enums import BulkKind, BulkStatus, LineStatus, SkipReason
from portal.cockpit.models import BulkAct, BulkActLine
from portal.cockpit.selectors.bulk import Terms, lines_of
from portal.cockpit.services import carry_out_bulk_act, confirm_bulk_act, prepare_bulk_act
from reviews.cases.enums import TimeChangeStatus
from reviews.cases.models import Review, ReviewMilestone, TimeChange
from reviews.dates.selectors import agreement_on, people_asked
from reviews.dates.services import answer_time_change, ask_extension
from reviews.due.selectors.milestones import next_act
from tests import utils
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = pytest.mark.django_db
REASON = "Translation takes longer."


def prepared(cast: Cast, **terms: object) -> BulkAct:
    given: dict[str, object] = {"days": 14, "reason": REASON} if not terms else {"reason": REASON, **terms}
    return prepare_bulk_act(
        actor=cast.officer,
        mechanism=cast.review.mechanism,
        kind=BulkKind.EXTEND,
        reviews=Review.objects.filter(mechanism=cast.review.mechanism),
        terms=Terms(**given),  # type: ignore[arg-type]
    )


def due(review: Review) -> ReviewMilestone:
    milestone = next_act(Review.objects.get(pk=review.pk))
    assert milestone is not None
    return milestone


def line_of(act: BulkAct, review: Review) -> BulkActLine:
    return act.lines.get(review=review)


def test_the_preview_shows_milestone_dates_and_whom_it_touches_and_does_nothing(cast: Cast) -> None:
    milestone = due(cast.review)
    act = prepared(cast)
    shown = next(each for each in lines_of(act) if each.line.review == cast.review)
    assert (shown.line.status, shown.line.milestone) == (LineStatus.FORESEEN, milestone)
    assert (shown.line.due_on, shown.line.until) == (milestone.due_on, milestone.due_on + dt.timedelta(days=14))
    assert {state.iso3 for state in shown.states} == {
        cast.review.state_under_review.iso3,
        *(row.state_party.iso3 for row in cast.review.reviewing_states.all()),
    }
    assert set(shown.people) == {cast.focal_point, cast.same_group_focal_point, cast.other_group_focal_point}
    assert not TimeChange.objects.exists()
    assert not Notification.objects.filter(template="reviews/news").exists()


def test_what_is_foreseen_is_what_the_service_asks(cast: Cast) -> None:
    act = prepared(cast)
    confirm_bulk_act(actor=cast.officer, act=act)
    for change in TimeChange.objects.all():
        line = line_of(act, change.review)
        assert {user.pk for user in people_asked(change)} == set(line.people)
        shown = next(each for each in lines_of(act) if each.line.pk == line.pk)
        assert set(shown.states) == set(agreement_on(change).missing)
        assert (change.milestone, change.until, change.reason) == (line.milestone, line.until, REASON)
        assert (change.asked_by, change.asked_for) == (cast.officer, None)
    mails = Notification.objects.filter(template="reviews/news")
    assert mails.count() == sum(line.mails for line in act.lines.all()) == 3


def test_the_date_moves_only_when_every_state_agrees(cast: Cast) -> None:
    before = due(cast.review).due_on
    confirm_bulk_act(actor=cast.officer, act=prepared(cast))
    change = TimeChange.objects.get(review=cast.review)
    assert (change.status, due(cast.review).due_on) == (TimeChangeStatus.ASKED, before)
    for person in (cast.focal_point, cast.same_group_focal_point, cast.other_group_focal_point):
        assert due(cast.review).due_on == before
        change = answer_time_change(actor=person, change=change, agrees=True)
    assert (change.status, due(cast.review).due_on) == (TimeChangeStatus.AGREED, before + dt.timedelta(days=14))


def test_a_confirmed_act_asks_once_however_often_it_is_confirmed(cast: Cast) -> None:
    act = prepared(cast)
    assert confirm_bulk_act(actor=cast.officer, act=act) == 0
    assert confirm_bulk_act(actor=cast.officer, act=BulkAct.objects.get(pk=act.pk)) == 0
    carry_out_bulk_act(act.pk)
    act.refresh_from_db()
    assert act.status == BulkStatus.DONE
    assert TimeChange.objects.filter(review=cast.review).count() == 1
    assert AuditEntry.objects.filter(verb="reviews.time.asked").count() == TimeChange.objects.count()
    assert AuditEntry.objects.filter(verb="reviews.bulk_act.confirmed").count() == 1


def test_one_date_for_all_leaves_out_where_it_would_not_be_later(cast: Cast) -> None:
    day = due(cast.review).due_on
    earlier = due(cast.bystander_review).due_on
    assert earlier < day
    act = prepared(cast, until=day)
    line = line_of(act, cast.review)
    assert (line.status, line.reason, line.people) == (LineStatus.SKIPPED, SkipReason.NOT_LATER, [])
    assert line_of(act, cast.bystander_review).until == day


def test_a_request_that_is_open_already_is_left_out(cast: Cast) -> None:
    milestone = due(cast.review)
    until = milestone.due_on + dt.timedelta(days=7)
    ask_extension(actor=cast.focal_point, review=cast.review, milestone=milestone, until=until, reason="More time.")
    line = line_of(prepared(cast), cast.review)
    assert (line.status, line.reason) == (LineStatus.SKIPPED, SkipReason.ASKED)


def test_closed_reviews_and_those_that_wait_for_nothing_are_left_out(cast: Cast) -> None:
    utils.take_cast_to("closed", cast)
    cast.bystander_review.milestones.update(reached_on=cast.bystander_review.starts_on)
    act = prepared(cast)
    assert line_of(act, cast.review).reason == SkipReason.CLOSED
    assert line_of(act, cast.bystander_review).reason == SkipReason.NOTHING_OWED
    assert set(act.lines.values_list("milestone", "due_on", "until")) == {(None, None, None)}


def test_a_date_that_has_moved_since_the_preview_is_told_and_nothing_is_asked(cast: Cast) -> None:
    act = prepared(cast)
    milestone = due(cast.review)
    moved = milestone.due_on + dt.timedelta(days=3)
    ReviewMilestone.objects.filter(pk=milestone.pk).update(due_on=moved)
    assert confirm_bulk_act(actor=cast.officer, act=act) == 1
    line = line_of(act, cast.review)
    assert (line.is_changed, line.due_on, line.until) == (True, moved, moved + dt.timedelta(days=14))
    assert not TimeChange.objects.exists()
    assert confirm_bulk_act(actor=cast.officer, act=act) == 0
    assert TimeChange.objects.get(review=cast.review).until == line.until


@pytest.mark.parametrize("change", [{"extend_days": 15}, {"reason": "Another reason."}])
def test_the_fingerprint_covers_what_is_asked_for(cast: Cast, change: dict[str, object]) -> None:
    act = prepared(cast)
    BulkAct.objects.filter(pk=act.pk).update(**change)
    touched = act.lines.filter(status=LineStatus.FORESEEN).count()
    assert confirm_bulk_act(actor=cast.officer, act=BulkAct.objects.get(pk=act.pk)) == touched > 0
    assert not TimeChange.objects.exists()


def test_a_milestone_reached_while_the_act_runs_is_not_extended_and_the_others_are(cast: Cast) -> None:
    act = prepared(cast)
    bulk._confirm(actor=cast.officer, act=act)
    milestone = due(cast.review)
    ReviewMilestone.objects.filter(pk=milestone.pk).update(reached_on=milestone.due_on)
    carry_out_bulk_act(act.pk)
    line = line_of(act, cast.review)
    assert (line.status, "nothing to extend" in line.error) == (LineStatus.FAILED, True)
    assert line_of(act, cast.bystander_review).status == LineStatus.DONE


def test_a_milestone_that_is_gone_is_told(cast: Cast) -> None:
    act = prepared(cast)
    bulk._confirm(actor=cast.officer, act=act)
    act.lines.update(milestone=None)
    carry_out_bulk_act(act.pk)
    assert {line.error for line in act.lines.all()} == {"The milestone is not there any more."}


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"reason": REASON}, "days"),
        ({"days": 14, "until": dt.date(2030, 1, 1), "reason": REASON}, "until"),
        ({"days": 0, "reason": REASON}, "days"),
        ({"days": -5, "reason": REASON}, "days"),
        ({"days": bulk.MAXIMUM_DAYS + 1, "reason": REASON}, "days"),
        ({"days": 14, "reason": "  "}, "reason"),
        ({"days": 14, "reason": "x" * 2001}, "reason"),
    ],
)
def test_what_is_missing_or_too_much_is_said_by_the_field(cast: Cast, terms: dict[str, object], field: str) -> None:
    with pytest.raises(ServiceError) as error:
        prepare_bulk_act(
            actor=cast.officer,
            mechanism=cast.review.mechanism,
            kind=BulkKind.EXTEND,
            reviews=Review.objects.all(),
            terms=Terms(**terms),  # type: ignore[arg-type]
        )
    assert error.value.field == field
    assert not BulkAct.objects.exists()


def test_other_acts_keep_nothing_of_an_extension(cast: Cast) -> None:
    act = prepare_bulk_act(
        actor=cast.officer,
        mechanism=cast.review.mechanism,
        kind=BulkKind.REMIND,
        reviews=Review.objects.all(),
        terms=Terms(officer=cast.officer, days=14, reason=REASON),
    )
    assert (act.officer, act.extend_days, act.extend_until, act.reason) == (None, None, None, "")


def test_the_database_holds_no_extension_without_a_length(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BulkAct.objects.create(mechanism=cast.review.mechanism, actor=cast.officer, kind=BulkKind.EXTEND)


def test_only_officers_extend_and_only_who_saw_the_preview_confirms(cast: Cast) -> None:
    act = prepared(cast)
    for person in (cast.administrator, cast.auditor):
        with pytest.raises(PermissionDenied):
            confirm_bulk_act(actor=person, act=act)
    assert not TimeChange.objects.exists()


def test_many_extensions_are_left_to_a_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    add_reviews(cast.review, bulk.AT_ONCE)
    queued: list[str] = []
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", queued.append)
    act = prepared(cast)
    with TestCase.captureOnCommitCallbacks(execute=True):
        confirm_bulk_act(actor=cast.officer, act=act)
        assert not queued  # a worker would find it unconfirmed
    assert (queued, TimeChange.objects.count()) == ([str(act.pk)], 0)
    carry_out_bulk_act(act.pk)
    assert TimeChange.objects.count() == act.lines.filter(status=LineStatus.DONE).count() == bulk.AT_ONCE + 2
