"""Reviews that are open and whose reviewing States are drawn once more: which they are, and what comes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.states import name_order
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.language.i18n import in_own_order
from lots.algorithm import DrawInput, StandingResult
from lots.draws.enums import DrawKind
from reviews.cases.models import Review
from reviews.programme.enums import StepKind
from reviews.programme.models import Phase

Pair = tuple[str, str]  # the code of the reviewing State, and that of the State that it reviews no longer


@dataclass(frozen=True, slots=True)
class TeamOutlook:
    """A review whose team a draw would change. ``leaving`` leave it for certain; with ``is_redraw`` nobody does, and
    all are drawn once more. ``is_there``: it was opened by hand before the draw.
    """

    review: Review
    is_redraw: bool
    is_there: bool
    leaving: Sequence[StateParty]
    staying: Sequence[StateParty]


def check_teams(phase: Phase, before: StandingResult, redrawn: Sequence[str], replaced: Sequence[Pair]) -> None:
    """Raises ServiceError by the field where somebody does not review the State, or its review does not run."""
    teams = {(pairing.reviewer, pairing.under_review) for pairing in before.pairings}
    if strange := sorted({*replaced} - teams):
        message = _("By the draws of this phase %(reviewer)s does not review %(state)s.")
        names = dict(zip(("reviewer", "state"), map(in_own_order, strange[0]), strict=True))
        raise ServiceError(message % names, field="replaced")
    for field, codes in (("redraw", {*redrawn}), ("replaced", {state for _reviewer, state in replaced})):
        running = set(running_reviews_of(phase, codes).values())
        if idle := sorted(codes - {review.state_under_review.iso3 for review in running}):
            message = _("No review of these States runs in this phase: %(codes)s.")
            raise ServiceError(message % {"codes": in_own_order(", ".join(idle))}, field=field)


def running_reviews_of(phase: Phase, codes: Iterable[str]) -> dict[str, Review]:
    """The reviews of these States in a phase that are not closed, by the code of the State."""
    rows = Review.objects.filter(phase=phase, state_under_review__iso3__in=codes)
    rows = rows.exclude(step__kind=StepKind.CLOSING).select_related("state_under_review", "step", "mechanism")
    return {review.state_under_review.iso3: review for review in rows}


def outlook_on(phase: Phase, given: DrawInput) -> list[TeamOutlook]:
    """What a draw would do to reviews that are open, by the name of the State; three queries."""
    is_added = given.terms is not None and given.terms.kind == DrawKind.SUPPLEMENTARY
    barred = given.terms.barred if given.terms else {}
    again = {*given.switches.redraw, *barred} if is_added else set()
    reviews = running_reviews_of(phase, {*again, *given.switches.late} if is_added else {*given.table.by_code})
    prefetch_related_objects([*reviews.values()], "reviewing_states__state_party")
    found = []
    for code, review in reviews.items():
        gone = barred.get(code, frozenset())
        team = sorted((row.state_party for row in review.reviewing_states.all()), key=name_order)
        leaving = [state for state in team if state.iso3 in gone]
        staying = [state for state in team if state not in leaving]
        found.append(TeamOutlook(review, not gone, code not in again, leaving, staying))
    return sorted(found, key=lambda each: name_order(each.review.state_under_review))
