"""States are asked for the people whom they have not named (resolution 10/1, annex I, paragraphs 5 and 6)."""

from django.db import transaction
from django.utils import timezone

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.policy import require
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.nominations.mails import notify_missing
from reviews.participation import focal_points_of, missing_roles
from reviews.speakers import mission_of
from reviews.visibility import states_taking_part


@transaction.atomic
def ask_for_nominations(*, actor: Actor, review: Review) -> int:
    """Write to the focal point and the permanent mission of each State with a gap; give how many mails were queued.

    A person gets one such mail for a State and day, however many reviews of the State lack people.
    """
    require(actor, ReviewAction.ASK_FOR_NOMINATIONS, review)
    day, queued, asked = timezone.localdate().isoformat(), 0, []
    for state, _roles in missing_roles(review, states_taking_part(review)):
        mails = sum(notify_missing(user, review.mechanism, state, key=day) for user in _speakers(review, state))
        queued += mails
        if mails:
            asked.append(state.iso3)
    if queued:
        audit.record(actor, "reviews.nominations.asked", review, after={"states": asked, "mails": queued})
    return queued


def _speakers(review: Review, state: StateParty) -> list[User]:
    missions = [row.user for row in mission_of(state) if row.user.is_active]
    return list({user.pk: user for user in [*focal_points_of(review, states=[state]), *missions]}.values())
