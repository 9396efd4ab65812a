"""Whether the reviewing States of a review have one room together, or each its own."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import ServiceError
from core.policy import Actor, require
from core.text import require_text
from reviews.enums import News, ReviewAction, Side
from reviews.models import Review
from reviews.notifications import notify_news
from reviews.selectors.participation import participants_of
from reviews.selectors.rooms import reviewers_have_drafts
from reviews.services.locks import lock_review

_MAXIMUM_REASON = 2000  # characters


@transaction.atomic
def set_reviewers_room(*, actor: Actor, review: Review, shared: bool, reason: str) -> Review:
    """Open one room for the reviewing States, in which they read each other's drafts, or give each its own again.

    Writing, sending and clearing stay with the State that wrote. A common room opens only while no reviewing State
    has anything unsent, so that nobody reads what was written for the own State alone; closing it hides from a State
    what the others wrote, and never what it wrote itself. All who take part for a reviewing State are told by mail.

    Raises ServiceError without a reason, where nothing would change, and where a draft lies in one of the rooms.
    """
    require(actor, ReviewAction.SET_ROOMS, review)
    lock_review(review)
    reason = require_text(
        reason, _("Say why, for instance that the States have agreed on it."), maximum=_MAXIMUM_REASON, field="reason"
    )
    if review.reviewers_share_room == shared:
        raise ServiceError(_("The rooms are set like this already."), field="shared")
    if shared and reviewers_have_drafts(review):
        message = _(
            "A reviewing State has begun to draft for itself alone. A common room can be opened when nothing unsent "
            "lies in the rooms of the reviewing States."
        )
        raise ServiceError(message, field="shared")
    review.reviewers_share_room = shared
    review.save(update_fields=["reviewers_share_room", "updated_at"])
    entry = audit.record(
        actor,
        "reviews.review.rooms_set",
        review,
        before={"reviewers_share_room": not shared},
        after={"reviewers_share_room": shared},
        reason=reason,
    )
    news = News.ROOM_SHARED if shared else News.ROOM_OWN
    for participation in participants_of(review).filter(side=Side.REVIEWING):
        notify_news(participation.user, review, news, page="reviews:participant-list", key=str(entry.pk))
    return review
