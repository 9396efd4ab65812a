"""The step plan in versions: drafted by the secretariat and published once; running reviews are moved knowingly."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text
from core.mail import notifications
from core.models import AuditEntry
from core.policy import SystemActor, require
from reviews.cases import lock_review
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review, TimeChange
from reviews.clock import PlanError, compute_due_dates
from reviews.participation import debtors_in
from reviews.plans.mails import MovedMilestone, plan_moved
from reviews.programme.enums import DayRule, DurationUnit, EvidenceMark, StepOwner
from reviews.programme.models import Mechanism, Phase, StepPlan, StepPlanVersion
from reviews.schedule import planned_milestones, rows_of
from reviews.steps import recompute_due_dates

_MAXIMUM_NOTE = 2000  # characters
# What a milestone of a draft may be changed in; its name, step and order are those of the mechanism.
_CHANGEABLE = ("amount", "unit", "counted_from", "owed_by", "evidence_mark", "evidence_note")


@transaction.atomic
def draft_plan(*, actor: Actor, source: StepPlanVersion) -> StepPlanVersion:
    """Copy a version into a draft, the next in number. Raises ServiceError while another draft is open."""
    require(actor, ReviewAction.EDIT_PLAN)
    mechanism = Mechanism.objects.select_for_update(no_key=True).get(pk=source.mechanism_id)
    if mechanism.plan_versions.filter(published_at=None).exists():
        raise ServiceError(_("There is a draft already; publish it or discard it first."))
    numbers = mechanism.plan_versions.order_by("-number").values_list("number", flat=True)
    draft = StepPlanVersion.objects.create(
        mechanism=mechanism,
        phase=source.phase,
        number=numbers[0] + 1,
        day_rule=source.day_rule,
        evidence_mark=source.evidence_mark,
        evidence_note=source.evidence_note,
    )
    _copy_rows(source, draft)
    audit.record(actor, "reviews.plan.drafted", draft, after={"number": draft.number, "from": source.number})
    return draft


@transaction.atomic
def change_plan(
    *,
    actor: Actor,
    version: StepPlanVersion,
    phase: Phase | None,
    day_rule: DayRule,
    evidence_mark: EvidenceMark,
    evidence_note: str,
    note: str,
) -> StepPlanVersion:
    """Set what holds for a whole draft: its phase, what becomes of dates on a day off, and why."""
    require(actor, ReviewAction.EDIT_PLAN)
    version = _draft(version)
    version.phase, version.day_rule, version.evidence_mark = phase, day_rule, evidence_mark
    version.evidence_note = clean_text(evidence_note, maximum=_MAXIMUM_NOTE, field="evidence_note")
    version.note = clean_text(note, maximum=_MAXIMUM_NOTE, field="note")
    version.save()
    audit.record(
        actor, "reviews.plan.changed", version, after={"day_rule": day_rule, "phase": phase.number if phase else None}
    )
    return version


@transaction.atomic
def change_plan_row(
    *,
    actor: Actor,
    row: StepPlan,
    amount: int,
    unit: DurationUnit,
    counted_from: StepPlan | None,
    owed_by: StepOwner,
    evidence_mark: EvidenceMark,
    evidence_note: str,
) -> StepPlan:
    """Set the duration of one milestone of a draft, from what it counts, who owes it, and the evidence.

    Raises ServiceError where the milestones would count in a circle, or from another version.
    """
    require(actor, ReviewAction.EDIT_PLAN)
    version = _draft(row.version)
    before = _facts(row)
    if counted_from is not None and counted_from.version_id != version.pk:
        raise ServiceError(_("This milestone belongs to another version."), field="counted_from")
    row.amount, row.unit, row.counted_from, row.owed_by = amount, unit, counted_from, owed_by
    row.evidence_mark = evidence_mark
    row.evidence_note = clean_text(evidence_note, maximum=_MAXIMUM_NOTE, field="evidence_note")
    row.save()
    _check(version, field="counted_from")
    audit.record(actor, "reviews.plan.changed", version, before=before, after=_facts(row))
    return row


@transaction.atomic
def discard_plan(*, actor: Actor, version: StepPlanVersion) -> None:
    """Throw a draft away. Raises ServiceError for a published version."""
    require(actor, ReviewAction.EDIT_PLAN)
    version = _draft(version)
    audit.record(actor, "reviews.plan.discarded", version, before={"number": version.number})
    version.milestones.update(counted_from=None)
    version.delete()


@transaction.atomic
def publish_plan(*, actor: Actor, version: StepPlanVersion) -> StepPlanVersion:
    """Freeze a draft; reviews opened from now on run by it. Running ones keep theirs until they are moved.

    Raises ServiceError for a version that is published, or whose milestones do not make a plan.
    """
    require(actor, ReviewAction.PUBLISH_PLAN)
    version = _draft(version)
    _check(version)
    version.published_at = timezone.now()
    version.published_by = None if isinstance(actor, SystemActor) else actor
    version.save(update_fields=["published_at", "published_by", "updated_at"])
    audit.record(actor, "reviews.plan.published", version, after={"number": version.number})
    return version


@transaction.atomic
def move_to_plan(*, actor: Actor, version: StepPlanVersion, reviews: Iterable[Review]) -> int:
    """Let running reviews go on by another version; give how many. Milestones are matched by their short names.

    What was reached, agreed or extended stays. Whoever owes an open date that moves, or is in charge of its review, is
    told by one mail for all of them, but for ``actor``. Raises ServiceError for a draft, for a version of another
    phase, and where an extension hangs on a milestone that the version does not have.
    """
    require(actor, ReviewAction.MOVE_TO_PLAN)
    if not version.is_published:
        raise ServiceError(_("This version is a draft; publish it first."))
    rows, _plan = planned_milestones(version.pk)
    moved: list[MovedMilestone] = []
    acts: list[AuditEntry] = []
    for review in reviews:
        lock_review(review)
        if review.plan_version_id == version.pk:
            continue
        if version.phase_id not in {None, review.phase_id}:
            raise ServiceError(_("This version is for another phase."))
        moved += _move(review, version, rows)
        acts.append(audit.record(actor, "reviews.plan.moved", review, after={"version": version.number}))
    if moved:
        # The first act's key is that of the move: another move, back and forth, is told anew.
        _tell(actor, version, moved, key=str(acts[0].pk))
    return len(acts)


def _tell(actor: Actor, version: StepPlanVersion, moved: Sequence[MovedMilestone], *, key: str) -> None:
    debtors = debtors_in({each.review.pk: each.review for each in moved}.values())
    lines: dict[User, list[MovedMilestone]] = {}
    for each in moved:
        for user in debtors.of(each.review, each.milestone.plan.owed_by).values():
            if user != actor:
                lines.setdefault(user, []).append(each)
    notifications.queue_many([plan_moved(user, dates, number=version.number, key=key) for user, dates in lines.items()])


def _move(review: Review, version: StepPlanVersion, rows: Mapping[str, StepPlan]) -> list[MovedMilestone]:
    """Give the open milestones whose dates have changed, with the dates before."""
    before: dict[Any, dt.date] = {}
    for milestone in review.milestones.select_related("plan"):
        row = rows.get(milestone.plan.slug)
        if row is not None:
            before[milestone.pk] = milestone.due_on
            milestone.plan = row
            milestone.save(update_fields=["plan", "updated_at"])
        elif milestone.reached_on is None:
            if TimeChange.objects.filter(milestone=milestone).exists():
                message = _("%(review)s: more time was asked for a milestone that this version does not have.")
                raise ServiceError(message % {"review": review.code})
            milestone.delete()
    review.plan_version = version
    review.save(update_fields=["plan_version", "updated_at"])
    changed = sorted(recompute_due_dates(review), key=lambda milestone: milestone.plan.order)
    return [MovedMilestone(review, each, before[each.pk]) for each in changed if each.reached_on is None]


def _copy_rows(source: StepPlanVersion, draft: StepPlanVersion) -> None:
    copies: dict[Any, StepPlan] = {}
    originals = list(rows_of(source))
    for original in originals:
        columns = model_to_dict(original, exclude=["id", "version", "step", "counted_from"])
        copies[original.pk] = StepPlan(version=draft, step=original.step, **columns)
    StepPlan.objects.bulk_create(copies.values())
    for original in originals:
        if original.counted_from_id:
            copies[original.pk].counted_from = copies[original.counted_from_id]
    StepPlan.objects.bulk_update(copies.values(), ["counted_from"])


def _draft(version: StepPlanVersion) -> StepPlanVersion:
    """The version, locked. Raises ServiceError when it is published."""
    locked = StepPlanVersion.objects.select_for_update(of=("self",)).select_related("mechanism").get(pk=version.pk)
    if locked.is_published:
        raise ServiceError(_("This version is published and changes no more. Make a new one of it."))
    return locked


def _check(version: StepPlanVersion, *, field: str | None = None) -> None:
    _rows, plan = planned_milestones(version.pk)
    try:
        compute_due_dates(plan, timezone.localdate())
    except PlanError as error:
        raise ServiceError(_("The milestones count from each other in a circle."), field=field) from error


def _facts(row: StepPlan) -> dict[str, Any]:
    counted_from = row.counted_from.slug if row.counted_from else None
    return {"milestone": row.slug} | {name: getattr(row, name) for name in _CHANGEABLE} | {"counted_from": counted_from}
