"""What everybody may know of reviews: the step of each, of States that agree, where the mechanism allows it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from accounts.states import sorted_by_name
from accounts.states.models import StateParty
from core.hashes import text_hash
from reviews.cases.models import Review, StepChange
from reviews.lists import begun
from reviews.programme.models import Mechanism, Step
from reviews.speakers import NominatingState
from reviews.states.models import PublicStatus, StatusConsent

KEPT_FOR = 60  # seconds in which a step that was reached may not be shown yet


@dataclass(frozen=True, slots=True)
class ReachedStep:
    """One review: ``since`` is the first day of the month in which it reached its step, and no closer date."""

    code: str
    phase: int
    step: Step
    since: dt.date


@dataclass(frozen=True, slots=True)
class StateStatus:
    state: StateParty
    reviews: list[ReachedStep]


def is_open(mechanism: Mechanism) -> bool:
    """Whether the mechanism has a public page at all."""
    return PublicStatus.objects.filter(mechanism=mechanism, is_open=True).exists()


def open_mechanisms() -> QuerySet[Mechanism]:
    """Those that have a public page."""
    return Mechanism.objects.filter(public_status__is_open=True)


def get_open_mechanism(slug: str) -> Mechanism:
    """Raises Http404 where there is no such mechanism, or it has no public page."""
    mechanism = open_mechanisms().filter(slug=slug).first()
    if mechanism is None:
        raise Http404
    return mechanism


def standing_consent(place: NominatingState) -> StatusConsent | None:
    """The State's consent that is not ended."""
    consents = StatusConsent.objects.filter(mechanism=place.mechanism, state_party=place.state_party, ended_at=None)
    return consents.select_related("given_by").first()


def public_status(mechanism: Mechanism) -> list[StateStatus]:
    """The States that agree, by name, each with its own reviews; a State whose review has not begun has none.

    Who agrees is asked each time, so that a State that has ended it is gone at once; of those only the steps are kept
    for a while. Four queries at most, whatever the number of reviews.
    """
    consents = StatusConsent.objects.filter(mechanism=mechanism, ended_at=None)
    states = sorted_by_name(StateParty.objects.filter(pk__in=consents.values("state_party")))
    steps = {step.pk: step for step in mechanism.steps.all()}
    key = "public-status:" + text_hash(",".join([str(mechanism.pk), *sorted(str(state.pk) for state in states)]))
    rows = cache.get_or_set(key, lambda: _rows(mechanism, states), KEPT_FOR)
    reviews: dict[Any, list[ReachedStep]] = {state.pk: [] for state in states}
    for state_id, code, phase, step_id, since in rows or []:
        reached = ReachedStep(code, phase, steps[UUID(step_id)], dt.date.fromisoformat(since))
        reviews[UUID(state_id)].append(reached)
    return [StateStatus(state, reviews[state.pk]) for state in states]


def _rows(mechanism: Mechanism, states: list[StateParty]) -> list[list[Any]]:
    """As the cache can keep them: keys and days as text."""
    reached = StepChange.objects.filter(review=OuterRef("pk"), to_step=OuterRef("step")).order_by("-at")
    rows = (
        begun(Review.objects.filter(mechanism=mechanism, state_under_review__in=states), timezone.localdate())
        .annotate(reached_at=Subquery(reached.values("at")[:1]))
        .order_by("phase__number", "code")
        .values_list("state_under_review", "code", "phase__number", "step", "reached_at", "starts_on")
    )
    return [
        [str(state), code, phase, str(step), _month(timezone.localdate(reached_at) if reached_at else starts_on)]
        for state, code, phase, step, reached_at, starts_on in rows
    ]


def _month(day: dt.date) -> str:
    return day.replace(day=1).isoformat()
