"""Each reviewing State opens its own room to the others itself, or shuts it again: nobody else can."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.capacities import require_capacity
from reviews.cases import lock_review, tell
from reviews.cases.enums import News, ReviewAction, Side
from reviews.cases.models import Review, ReviewingState
from reviews.drafts import reviewers_have_drafts
from reviews.participation import participants_of


@transaction.atomic
def set_own_room(*, actor: User, review: Review, shared: bool) -> Review:
    """For the actor's State: open its room to the other reviewing States, or keep it to itself again.

    The reviewing States have one room, in which they read each other's drafts, from the moment in which each of them
    has opened its own until one shuts it. Writing, sending and clearing stay with the State that wrote. A common room
    begins only while no reviewing State has anything unsent, so that nobody reads what was written for the own State
    alone; when it ends, a State no longer reads what the others wrote, and keeps what it wrote itself. All who take
    part for a reviewing State are told by mail.

    Raises ServiceError where nothing would change, where no other State reviews, and where a draft lies in a room.
    """
    require(actor, ReviewAction.SET_ROOMS, review)
    lock_review(review)
    rows = list(ReviewingState.objects.select_related("state_party").filter(review=review))
    state_party_id = require_capacity(actor, review).state_party_id
    own = next(row for row in rows if row.state_party_id == state_party_id)
    if shared == (own.opens_room_at is not None):
        raise ServiceError(_("The rooms are set like this already."), field="shared")
    if shared:
        _check_may_open(review, rows)
    own.opens_room_at = timezone.now() if shared else None
    own.save(update_fields=["opens_room_at", "updated_at"])
    was_common, review.reviewers_share_room = review.reviewers_share_room, all(row.opens_room_at for row in rows)
    review.save(update_fields=["reviewers_share_room", "updated_at"])
    entry = audit.record(
        actor,
        "reviews.review.rooms_set",
        review,
        before={"reviewers_share_room": was_common, "opens_room": not shared},
        after={"reviewers_share_room": review.reviewers_share_room, "opens_room": shared},
    )
    if shared or was_common:
        news = News.ROOM_OWN if not shared else News.ROOM_SHARED if review.reviewers_share_room else News.ROOM_OFFERED
        told = [participation.user for participation in participants_of(review).filter(side=Side.REVIEWING)]
        tell(told, review, news, page="reviews:participant-list", key=str(entry.pk))
    return review


def _check_may_open(review: Review, rows: list[ReviewingState]) -> None:
    if len(rows) < 2:
        raise ServiceError(_("No other State reviews here."), field="shared")
    if reviewers_have_drafts(review):
        message = _(
            "A reviewing State has begun to draft for itself alone. A common room can be opened when nothing unsent "
            "lies in the rooms of the reviewing States."
        )
        raise ServiceError(message, field="shared")
