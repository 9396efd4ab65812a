"""Voiding a draw: two officers and a reason. The record and all files stay."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import isolated, list_of
from core.language.text import require_text
from core.policy import require
from lots.chain import draws_on
from lots.draws import lock_draw
from lots.draws.enums import DrawAction, DrawStatus
from lots.draws.models import Draw
from lots.publication import queue_public_protocols
from lots.results import drawn_once_more
from lots.words import first_of
from reviews.cases.models import Review
from reviews.opening import untouched, withdraw_review

_MAXIMUM_REASON = 2000  # characters


@transaction.atomic
def request_void(*, actor: User, draw: Draw, reason: str) -> Draw:
    """Ask for a draw to be voided; another officer confirms it.

    Raises ServiceError without a reason, where other draws build on it, and where reviews that were open before have
    other reviewing States by it.
    """
    locked = lock_draw(draw)
    require(actor, DrawAction.REQUEST_VOID, locked)
    _refuse_what_stands(locked)
    locked.void_reason = require_text(
        reason, _("Write the reason; it stays in the record."), maximum=_MAXIMUM_REASON, field="reason"
    )
    locked.void_requested_by, locked.void_requested_at = actor, timezone.now()
    locked.save(update_fields=["void_reason", "void_requested_by", "void_requested_at", "updated_at"])
    audit.record(actor, "lots.draw.void_requested", locked, reason=locked.void_reason)
    return locked


@transaction.atomic
def confirm_void(*, actor: User, draw: Draw) -> Draw:
    """Void a draw. If it was published, the reviews that it opened are withdrawn.

    Raises ServiceError where somebody takes part in one of these reviews, or one of them has begun.
    """
    locked = lock_draw(draw)
    require(actor, DrawAction.CONFIRM_VOID, locked)
    _refuse_what_stands(locked)
    status = locked.status
    reviews = _withdraw_reviews(actor, locked)
    locked.status, locked.voided_by, locked.voided_at = DrawStatus.VOIDED, actor, timezone.now()
    locked.save(update_fields=["status", "voided_by", "voided_at", "updated_at"])
    audit.record(
        actor,
        "lots.draw.voided",
        locked,
        before={"status": status},
        after={"withdrawn_reviews": reviews},
        reason=locked.void_reason,
    )
    if locked.published_at is not None:
        queue_public_protocols(locked)
    return locked


def _refuse_what_stands(draw: Draw) -> None:
    if draw.status == DrawStatus.PUBLISHED and drawn_once_more(draw):
        message = _("By this draw other States review in reviews that were open. Draw their teams once more instead.")
        raise ServiceError(message)
    if others := draws_on(draw):
        message = _("These draws build on this one and would have to be voided first: %(codes)s.")
        raise ServiceError(message % {"codes": list_of([isolated(other.code) for other in others])})


def _withdraw_reviews(actor: User, draw: Draw) -> int:
    opened = Review.objects.filter(draw_entries__draw=draw)
    # All of them before the first entry of the audit, and against those who register somebody meanwhile.
    reviews = list(opened.select_for_update(of=("self",)).select_related("state_under_review").order_by("code"))
    as_opened = set(untouched(opened).values_list("pk", flat=True))
    if names := [isolated(review.state_under_review.name) for review in reviews if review.pk not in as_opened]:
        message = _("These reviews have begun, or somebody is registered in them: %(states)s. Nothing was voided.")
        raise ServiceError(message % {"states": first_of(names)})
    for review in reviews:
        withdraw_review(actor=actor, review=review)
    return len(reviews)
