"""The one door through which a review moves on."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.policy import SystemActor, require
from reviews.cases import lock_review
from reviews.cases.enums import ReviewAction, TimeChangeStatus
from reviews.cases.models import Review, ReviewMilestone, StepChange, TimeChange
from reviews.clock import is_allowed_move
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.programme.models import Step
from reviews.schedule import computed_dates_of


@transaction.atomic
def record_consultations(actor: Actor, review: Review, *, held_on: dt.date | None = None) -> Review:
    """Note that the consultations were held (by default today) and move to the self-assessment."""
    require(actor, ReviewAction.RECORD_CONSULTATIONS, review)
    reach_milestone(review, MilestoneKind.CONSULTATION, held_on or timezone.localdate())
    return advance_to_kind(actor, review, StepKind.QUESTIONNAIRE)


@transaction.atomic
def advance(actor: Actor, review: Review, to_slug: str, *, acting_for: StateParty | None = None) -> Review:
    """Move a review to another step: lock, check the move, write, append history, audit.

    The caller has asked the policy for the act that causes the move. Raises ServiceError for a move that the
    workflow does not allow, as when two people press the button at once.
    """
    lock_review(review)
    return _move(actor, review, Step.objects.get(mechanism_id=review.mechanism_id, slug=to_slug), acting_for)


@transaction.atomic
def advance_to_kind(actor: Actor, review: Review, kind: StepKind, *, acting_for: StateParty | None = None) -> Review:
    """Move a review to the first step of a kind, like ``advance``."""
    lock_review(review)
    steps = Step.objects.filter(mechanism_id=review.mechanism_id, kind=kind)
    return _move(actor, review, steps.earliest("order"), acting_for)


def _move(actor: Actor, review: Review, to_step: Step, acting_for: StateParty | None) -> Review:
    # Two steps may be of one kind (the agreed texts), so that the kinds alone do not keep a second press out.
    if to_step.order <= review.step.order or not is_allowed_move(review.step.kind, to_step.kind):
        raise ServiceError(_("This review has already moved on. Reload the page to see where it stands."))
    before, after = _change(actor, review, to_step, acting_for)
    audit.record(actor, "reviews.review.advanced", review, before=before, after=after)
    return review


@transaction.atomic
def move_back(
    actor: Actor, review: Review, kind: StepKind, *, undone: MilestoneKind, acting_for: StateParty | None = None
) -> Review:
    """Take back the last move of a review, which was made from a step of ``kind``: what caused it was recalled.

    What it had ``undone`` counts as not reached, nor does any processing at the step that is left; later dates follow.
    The caller has asked the policy. Raises ServiceError where another move was the last one.
    """
    lock_review(review)
    last = StepChange.objects.filter(review=review).select_related("from_step").latest("at")
    back, left = last.from_step, review.step
    if back is None or back.kind != kind or last.to_step_id != left.pk or last.is_brought_in:
        raise ServiceError(_("This review has already moved on. Reload the page to see where it stands."))
    before, after = _change(actor, review, back, acting_for)
    reached = ReviewMilestone.objects.filter(review=review, reached_on__isnull=False)
    of_move = Q(plan__kind=undone) | Q(plan__clock_stops=True, plan__step=left)
    reached.filter(of_move).update(reached_on=None, updated_at=timezone.now())
    recompute_due_dates(review)
    audit.record(actor, "reviews.review.moved_back", review, before=before, after=after)
    return review


def _change(
    actor: Actor, review: Review, to_step: Step, acting_for: StateParty | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Write the step and its history; give what the record says of it."""
    from_step, review.step = review.step, to_step
    review.save(update_fields=["step", "updated_at"])
    StepChange.objects.create(
        review=review,
        from_step=from_step,
        to_step=to_step,
        at=timezone.now(),
        actor=None if isinstance(actor, SystemActor) else actor,
        acting_for=acting_for,
    )
    return {"step": from_step.slug}, {"step": to_step.slug}


def advance_to_next(actor: Actor, review: Review, *, acting_for: StateParty | None = None) -> Review:
    """Move a review to the step that follows in its mechanism. Raises ServiceError like ``advance``.

    The caller has locked the review before it found that the step is over: otherwise a second press of a button would
    find the review at the next step and end that one too.
    """
    steps = Step.objects.filter(mechanism_id=review.mechanism_id, order__gt=review.step.order)
    following = steps.order_by("order").first()
    if following is None:
        raise ServiceError(_("This review has already moved on. Reload the page to see where it stands."))
    return advance(actor, review, following.slug, acting_for=acting_for)


def reach_milestone(review: Review, kind: MilestoneKind, on: dt.date) -> bool:
    """Note that the milestone of a kind was reached, once; later dates follow. Give whether it was new.

    Raises ValueError for a kind that there is none of, which would be reached by nobody and never.
    """
    kind = MilestoneKind(kind)
    milestone = ReviewMilestone.objects.filter(review=review, plan__kind=kind, reached_on=None)
    return _reach(review, milestone, TimeChange.objects.filter(review=review, milestone__plan__kind=kind), on)


def reach_row(milestone: ReviewMilestone, on: dt.date) -> bool:
    """The same of one milestone of a review, as where several are of a kind."""
    row = ReviewMilestone.objects.filter(pk=milestone.pk, reached_on=None)
    return _reach(milestone.review, row, TimeChange.objects.filter(milestone=milestone), on)


def correct_milestones(review: Review, kinds: Collection[MilestoneKind], *, before: dt.date, on: dt.date) -> None:
    """What was reached on the day ``before``, of some kinds, was reached ``on`` another one; later dates follow."""
    rows = ReviewMilestone.objects.filter(review=review, plan__kind__in=kinds, reached_on=before)
    if before != on and rows.update(reached_on=on, updated_at=timezone.now()):
        recompute_due_dates(review)


def _reach(review: Review, milestone: QuerySet[ReviewMilestone], changes: QuerySet[TimeChange], on: dt.date) -> bool:
    is_new = milestone.update(reached_on=on, updated_at=timezone.now())
    if is_new:
        asked = changes.filter(status=TimeChangeStatus.ASKED)
        asked.update(status=TimeChangeStatus.LAPSED, decided_at=timezone.now())
        recompute_due_dates(review)
    return bool(is_new)


def recompute_due_dates(review: Review) -> list[ReviewMilestone]:
    """Make the indicative dates fit the plan and what has actually happened; give those that moved.

    This alone writes ``ReviewMilestone.due_on``. Doing it twice changes nothing.
    """
    computed = computed_dates_of(review)
    changed, created = [], []
    for slug, due in computed.due.items():
        milestone = computed.milestones.get(slug)
        if milestone is None:
            created.append(ReviewMilestone(review=review, plan=computed.rows[slug], due_on=due.due_on))
        elif milestone.due_on != due.due_on:
            milestone.due_on, milestone.updated_at = due.due_on, timezone.now()  # calendars see that it has changed
            changed.append(milestone)
    ReviewMilestone.objects.bulk_create(created)
    ReviewMilestone.objects.bulk_update(changed, ["due_on", "updated_at"])
    return changed


@transaction.atomic
def record_processing(actor: Actor, review: Review) -> int:
    """Note that the documentation of the step was processed (translated, distributed); the clock runs again.

    Gives how many milestones were reached. Source: resolution 10/1, annex I, note b to the figure.
    """
    lock_review(review)
    require(actor, ReviewAction.RECORD_PROCESSING, review)
    waiting = ReviewMilestone.objects.filter(
        review=review, plan__clock_stops=True, plan__step=review.step_id, reached_on=None
    )
    rows = list(waiting.select_related("plan"))
    for row in rows:
        row.review = review
        reach_row(row, timezone.localdate())
    if not rows:
        raise ServiceError(_("That the documentation was processed has been recorded."))
    audit.record(actor, "reviews.review.processed", review, after={"milestones": [row.plan.slug for row in rows]})
    return len(rows)
