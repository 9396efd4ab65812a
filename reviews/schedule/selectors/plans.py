"""The step plan in its versions: which one a review runs by, and what a version holds."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from core.errors import found
from reviews.cases.models import Review
from reviews.clock import PlannedMilestone
from reviews.programme.models import Mechanism, Phase, StepPlan, StepPlanVersion


def plan_versions_of(mechanism: Mechanism) -> QuerySet[StepPlanVersion]:
    """All versions, the newest first, each with ``running``: how many reviews run by it."""
    return (
        mechanism.plan_versions.select_related("phase", "published_by")
        .annotate(running=Count("reviews"))
        .order_by("-number")
    )


def get_plan_version(mechanism: Mechanism, number: int) -> StepPlanVersion:
    """A version by its number. Raises Http404 when there is none."""
    version = found(plan_versions_of(mechanism).filter(number=number).first())
    version.mechanism = mechanism
    return version


def version_for(phase: Phase) -> StepPlanVersion:
    """What a review of this phase runs by: the newest published version of the phase, else of every phase.

    Raises StepPlanVersion.DoesNotExist where the reference data has not been loaded.
    """
    return newest_for(phase, published_plans(phase.mechanism))


def published_plans(mechanism: Mechanism) -> list[StepPlanVersion]:
    return list(StepPlanVersion.objects.filter(mechanism=mechanism, published_at__isnull=False))


def newest_for(phase: Phase, published: Iterable[StepPlanVersion]) -> StepPlanVersion:
    """``version_for`` among those that were looked up."""
    own = [version for version in published if version.phase_id in (phase.pk, None)]
    if not own:
        raise StepPlanVersion.DoesNotExist(f"no step plan is published for phase {phase}")
    return max(own, key=lambda version: (version.phase_id is not None, version.number))


def rows_of(version: StepPlanVersion) -> QuerySet[StepPlan]:
    return version.milestones.select_related("counted_from", "step", "version").order_by("order")


def get_row(version: StepPlanVersion, slug: str) -> StepPlan:
    """A milestone of a version by its short name. Raises Http404 when there is none."""
    return found(rows_of(version).filter(slug=slug).first())


def planned_milestones(version_id: uuid.UUID) -> tuple[dict[str, StepPlan], list[PlannedMilestone]]:
    """The milestones of a version as rows by slug, and as the engine of dates reads them; one query."""
    rows = StepPlan.objects.filter(version=version_id).select_related("counted_from", "step", "version")
    by_slug = {row.slug: row for row in rows.order_by("order")}
    plan = [
        PlannedMilestone(
            slug=row.slug,
            order=row.order,
            amount=row.amount,
            unit=row.unit,
            counted_from=row.counted_from.slug if row.counted_from else None,
            clock_stops=row.clock_stops,
            owed_by=row.owed_by,
        )
        for row in by_slug.values()
    ]
    return by_slug, plan


def running_reviews(mechanism: Mechanism, version: StepPlanVersion) -> QuerySet[Review]:
    """Reviews that could move to a version: of its phase, not yet at their last step, and not by it already."""
    reviews = Review.objects.filter(mechanism=mechanism).exclude(plan_version=version).exclude(step__kind="closing")
    if version.phase_id:
        reviews = reviews.filter(phase=version.phase_id)
    return reviews.select_related(
        "mechanism", "phase", "state_under_review", "step", "plan_version", "officer"
    ).order_by("code")
