"""Publishing a draw: its groups and pairings become the reviews of the phase."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import isolated
from core.policy import require
from lots.draws import DrawnState, drawn_states, first_of, lock_draw
from lots.draws.enums import DrawAction, DrawStatus
from lots.draws.models import Draw, DrawEntry
from lots.publication.services.protocols import queue_public_protocols
from reviews.cases import Reviewer, open_review
from reviews.cases.models import Review
from reviews.programme import adherences_of, begin_to_bind
from reviews.programme.models import Phase, PhasePeriod


@transaction.atomic
def publish_draw(*, actor: User, draw: Draw) -> Draw:
    """Open the reviews of all States of the draw, with their calendars, and make the result public; all or nothing.

    A second press is refused by the policy. Raises ServiceError where a draw of the phase is published, or where a
    State has a review in the phase already, and like ``open_review``. The draw counts deposits, a review what is in
    force on its start; what differs is shown on the pages of the review and of the State.
    """
    Phase.objects.select_for_update(no_key=True).get(pk=draw.phase_id)  # two draws of one phase wait for each other
    locked = lock_draw(draw)
    require(actor, DrawAction.PUBLISH, locked)
    states = drawn_states(locked)
    _refuse_a_second_one(locked, states)
    _open_reviews(actor, locked, states)
    locked.status, locked.published_by, locked.published_at = DrawStatus.PUBLISHED, actor, timezone.now()
    locked.save(update_fields=["status", "published_by", "published_at", "updated_at"])
    audit.record(actor, "lots.draw.published", locked, after={"reviews": len(states)})
    queue_public_protocols(locked)
    return locked


def _refuse_a_second_one(draw: Draw, states: Sequence[DrawnState]) -> None:
    others = Draw.objects.filter(phase=draw.phase, is_training=draw.is_training, status=DrawStatus.PUBLISHED)
    if other := others.first():
        message = _("Draw %(code)s of this phase is published. It has to be voided before another one is published.")
        raise ServiceError(message % {"code": other.code})
    keys = [drawn.state.pk for drawn in states]
    reviewed = set(
        Review.objects.filter(phase=draw.phase, state_under_review__in=keys).values_list(
            "state_under_review_id", flat=True
        )
    )
    if names := [drawn.state.name for drawn in states if drawn.state.pk in reviewed]:
        message = _("These States have a review in this phase already: %(states)s.")
        raise ServiceError(message % {"states": first_of([isolated(name) for name in names])})


def _open_reviews(actor: User, draw: Draw, states: Sequence[DrawnState]) -> None:
    starts = {
        period.review_group.number: period.period.lower
        for period in PhasePeriod.objects.filter(phase=draw.phase).select_related("review_group")
    }
    drawn_with = {drawn.state.pk: drawn.regional_group.pk for drawn in states}
    for drawn in states:
        drawn.entry.review = open_review(
            actor=actor,
            phase=draw.phase,
            state_under_review=drawn.state,
            reviewers=[Reviewer(each.state, each.basis, each.instruments) for each in drawn.reviewers],
            starts_on=_start(drawn, starts[drawn.group_number]),
            review_group=drawn.entry.review_group,
            drawn_with=drawn_with,
        )
    DrawEntry.objects.bulk_update([drawn.entry for drawn in states], ["review"])


def _start(drawn: DrawnState, first_day: dt.date) -> dt.date:
    """The first day of the group's period; that on which the first instrument binds the State, if it is later."""
    instruments = {instrument.pk for instrument in drawn.instruments}
    adherences = list(adherences_of(drawn.state))
    begins = begin_to_bind(adherences)
    days = [begins[row.pk] for row in adherences if row.instrument_id in instruments and row.pk in begins]
    return max(first_day, min(days, default=first_day))
