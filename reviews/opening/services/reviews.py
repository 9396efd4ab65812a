"""Opening a review, and withdrawing one that has not begun."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.database.deletion import delete_with_parts
from core.errors import ServiceError
from core.policy import SystemActor, require
from reviews.cases.enums import ReviewAction, ReviewingBasis
from reviews.cases.models import Review, ReviewArticle, ReviewingState, StepChange
from reviews.opening.findings import check_before_opening
from reviews.opening.selectors import untouched
from reviews.opening.services.beginning import reason_to_begin
from reviews.programme import articles_for, instruments_in_force_for, start_of_group
from reviews.programme.models import Instrument, Phase, ReviewGroup, Step
from reviews.schedule import version_for
from reviews.steps import recompute_due_dates


class OpeningSeenError(ServiceError):
    """Something stands out that the officer was not shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Something stands out: look at it below. If it is right, open the review all the same."))


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A State drawn to review, why, and for which instruments (none given: all that both are party to)."""

    state_party: StateParty
    basis: ReviewingBasis
    instruments: Sequence[Instrument] = field(default=())


@transaction.atomic
def open_review(
    *,
    actor: Actor,
    phase: Phase,
    state_under_review: StateParty,
    reviewers: Sequence[Reviewer],
    starts_on: dt.date,
    review_group: ReviewGroup | None = None,
    officer: User | None = None,
    drawn_with: Mapping[Any, Any] | None = None,
    reason: str = "",
    seen: str | None = None,
) -> Review:
    """Open the review of a State in a phase, over what is in force for it when its group starts (``_in_force``).

    What it was party to then and which articles are reviewed for it is written down here, once for all. ``drawn_with``
    maps keys of States to those of the regional groups that the drawing of lots took them with, since it gives one to
    a State without; by default each State stands with its own. The draw counts deposits: reviewers that it gave need
    not be bound yet, and what it gave beyond the instruments under review is left out.

    ``reason``: why the phase begins all the same where the last one of the State runs. Whoever publishes a draw was
    asked for it once, for all of its States. ``seen``: the fingerprint of what stood out when the officer went on; None
    where nobody was shown anything.

    Raises OpeningSeenError where something else stands out, and ServiceError for want of a reason, when none is in
    force for the State, when a reviewing State breaks a rule of the drawing of lots (itself, twice, wrong regional
    group, not party to what it would review), or when the review exists.
    """
    require(actor, ReviewAction.OPEN)
    # Whoever opens a review while a draw of the phase is published waits here, and not for the audit's chain.
    Phase.objects.select_for_update(no_key=True).get(pk=phase.pk)
    joined = _in_force(phase, state_under_review, review_group, starts_on)
    instruments = _instruments_under_review(phase, state_under_review, joined)
    check_reviewers(state_under_review, reviewers, drawn_with or {})
    review = _create(phase, state_under_review, starts_on, review_group, officer)
    _freeze_what_is_reviewed(review, joined, instruments)
    for reviewer in reviewers:
        add_reviewing_state(review, reviewer, instruments, is_drawn=drawn_with is not None)
    if drawn_with is None:  # last: what is wrong is told before what stands out
        reason = _reason_after_a_look(actor, review, reason, seen)
    person = None if isinstance(actor, SystemActor) else actor
    StepChange.objects.create(review=review, to_step=review.step, at=timezone.now(), actor=person)
    recompute_due_dates(review)
    audit.record(actor, "reviews.review.opened", review, after=_facts(review, reviewers, instruments), reason=reason)
    return review


def _facts(review: Review, reviewers: Iterable[Reviewer], instruments: Iterable[Instrument]) -> dict[str, Any]:
    return {
        "state_under_review": review.state_under_review.iso3,
        "reviewing_states": [reviewer.state_party.iso3 for reviewer in reviewers],
        "instruments": [instrument.slug for instrument in instruments],
        "starts_on": review.starts_on.isoformat(),
    }


def _reason_after_a_look(actor: Actor, review: Review, reason: str, seen: str | None) -> str:
    check = check_before_opening(review.phase, review.state_under_review, review.starts_on)
    if seen is not None and check.findings and check.seen != seen:
        raise OpeningSeenError
    return reason_to_begin(actor, check.warnings, reason)


@transaction.atomic
def withdraw_review(*, actor: Actor, review: Review) -> None:
    """Take a review back that has not begun, as when the draw that gave it is voided; the audit keeps what it was.

    Raises ServiceError where somebody was ever registered in it, or anything else has happened.
    """
    # Against those who register somebody meanwhile: they lock the review too.
    locked = Review.objects.select_for_update(of=("self",)).select_related("step", "mechanism").get(pk=review.pk)
    require(actor, ReviewAction.WITHDRAW, locked)
    if not untouched(Review.objects.filter(pk=locked.pk)).exists():
        message = _("The review of %(state)s has begun, or somebody is registered in it.")
        raise ServiceError(message % {"state": locked.state_under_review})
    audit.record(
        actor,
        "reviews.review.withdrawn",
        locked,
        before={
            "state_under_review": locked.state_under_review.iso3,
            "reviewing_states": [*locked.reviewing_states.values_list("state_party__iso3", flat=True)],
            "starts_on": locked.starts_on.isoformat(),
        },
    )
    delete_with_parts(locked)


def _in_force(phase: Phase, state: StateParty, group: ReviewGroup | None, starts_on: dt.date) -> list[Instrument]:
    """What binds the State when its group starts: a review that begins later reviews no more for that.

    Where nothing binds it yet on that day, and where there is no group, what does when the review starts.
    """
    first = min(start_of_group(phase, group) or starts_on, starts_on)
    joined = instruments_in_force_for(state, first)
    if any(instrument.mechanism_id == phase.mechanism_id for instrument in joined):
        return joined
    return instruments_in_force_for(state, starts_on)


def _instruments_under_review(phase: Phase, state: StateParty, joined: list[Instrument]) -> list[Instrument]:
    instruments = [instrument for instrument in joined if instrument.mechanism_id == phase.mechanism_id]
    if not instruments:
        message = _("No instrument under review is in force for %(state)s on that day.")
        raise ServiceError(message % {"state": state}, field="state_under_review")
    return instruments


def _freeze_what_is_reviewed(review: Review, joined: list[Instrument], instruments: list[Instrument]) -> None:
    review.instruments.set(instruments)
    under_review = {instrument.pk for instrument in instruments}
    articles = [each for each in articles_for(review.phase.cluster, joined) if each.instrument_id in under_review]
    ReviewArticle.objects.bulk_create(ReviewArticle(review=review, article=article) for article in articles)
    review.party_to = sorted(instrument.slug for instrument in joined)
    review.save(update_fields=["party_to", "updated_at"])  # last: all of it stays from here on


def _create(
    phase: Phase, state: StateParty, starts_on: dt.date, review_group: ReviewGroup | None, officer: User | None
) -> Review:
    try:
        with transaction.atomic():
            return Review.objects.create(
                mechanism=phase.mechanism,
                phase=phase,
                review_group=review_group,
                state_under_review=state,
                code=f"{phase.number}-{state.iso3}",
                starts_on=starts_on,
                plan_version=version_for(phase),
                step=Step.objects.filter(mechanism=phase.mechanism).order_by("order")[0],
                officer=officer,
            )
    except IntegrityError as error:
        message = _("The review of %(state)s in phase %(phase)s is already open.")
        raise ServiceError(message % {"state": state, "phase": phase}, field="state_under_review") from error


def check_reviewers(state: StateParty, reviewers: Sequence[Reviewer], drawn_with: Mapping[Any, Any]) -> None:
    """Raises ServiceError where one is named twice, or is not of the regional group that its basis says."""

    def group_of(each: StateParty) -> Any:
        return drawn_with.get(each.pk, each.regional_group_id)

    seen: set[StateParty] = {state}
    for reviewer in reviewers:
        if reviewer.state_party in seen:
            message = _("%(state)s is named twice.")
            raise ServiceError(message % {"state": reviewer.state_party}, field="reviewers")
        seen.add(reviewer.state_party)
        is_same_group = group_of(reviewer.state_party) == group_of(state)
        if is_same_group != (reviewer.basis == ReviewingBasis.SAME_GROUP):
            message = (
                _("%(state)s is not from the same regional group.")
                if reviewer.basis == ReviewingBasis.SAME_GROUP
                else _("%(state)s is not from another regional group.")
            )
            raise ServiceError(message % {"state": reviewer.state_party}, field=reviewer.basis)


def add_reviewing_state(review: Review, reviewer: Reviewer, instruments: list[Instrument], *, is_drawn: bool) -> None:
    """``instruments`` are those under review; who was drawn for none of them does not come."""
    if is_drawn and reviewer.instruments:
        covered = [instrument for instrument in instruments if instrument in reviewer.instruments]
        if not covered:
            return  # drawn for what is not in force for the State under review
    else:
        covered = _covered(review, reviewer, instruments)
    row = ReviewingState.objects.create(review=review, state_party=reviewer.state_party, basis=reviewer.basis)
    row.instruments.set(covered)


def _covered(review: Review, reviewer: Reviewer, instruments: list[Instrument]) -> list[Instrument]:
    joined = instruments_in_force_for(reviewer.state_party, review.starts_on)
    shared = [instrument for instrument in instruments if instrument in joined]
    covered = list(reviewer.instruments) or shared
    if not covered or set(covered) - set(shared):
        message = _("%(state)s is not party to the instruments that it would review.")
        raise ServiceError(message % {"state": reviewer.state_party}, field=reviewer.basis)
    return covered
