"""A joint feedback is cleared by one State after the other; a change undoes what was cleared, and so does a State."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import SystemActor, require
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import WrittenFeedback
from dialogue.joint.models import JointClearance
from dialogue.joint.selectors import clearances_of, states_to_clear
from reviews.capacities import forget_capacities, require_capacity
from reviews.cases import lock_with_review, tell
from reviews.cases.enums import News, Side
from reviews.participation import focal_points_of


def clear_for_own_state(actor: User, locked: WrittenFeedback, *, sha256: str) -> bool:
    """Keep that the actor's State has cleared the joint draft with this hash; whether every State has by now.

    The caller has locked it, asked the policy, and compared the hash. The focal points of the States whose clearance is
    missing are told, and nobody else.
    """
    review = locked.review
    state = require_capacity(actor, review).state_party_id
    row = JointClearance.objects.create(
        feedback=locked, state_party_id=state, focal_point=actor, number=locked.next_number, sha256=sha256
    )
    audit.record(actor, "dialogue.feedback.cleared_jointly", row, after={"sha256": sha256, "number": row.number})
    cleared = {each.state_party_id for each in clearances_of(locked)}
    missing = [each for each in states_to_clear(review) if each.pk not in cleared]
    told = focal_points_of(review, states=[each.pk for each in missing])
    _tell(actor, locked, told, News.JOINT_CLEARED, page="dialogue:feedback-clear", row=row)
    return not missing


@transaction.atomic
def take_back_clearance(*, actor: User, feedback: WrittenFeedback, sha256: str) -> JointClearance:
    """Take back what the actor's State has cleared, until all have; the text stands, and its word is missing again.

    Whoever speaks for the State takes it back, also where another focal point of it has cleared. ``sha256`` is that of
    the text which the person was shown. The focal points of the other reviewing States are told. Raises ServiceError
    where another text was cleared since.
    """
    locked = lock_with_review(feedback, "state_party")
    forget_capacities(actor)
    require(actor, ExchangeAction.TAKE_BACK_CLEARANCE, locked)
    state = require_capacity(actor, locked.review).state_party_id
    row = next(row for row in clearances_of(locked) if row.state_party_id == state)
    if row.sha256 != sha256:
        raise ServiceError(_("The text has changed since you opened this page. Please look at it again."))
    row.undone_at, row.undone_by = timezone.now(), actor
    row.save(update_fields=["undone_at", "undone_by", "updated_at"])
    audit.record(actor, "dialogue.feedback.clearance_taken_back", row, after={"sha256": sha256, "number": row.number})
    told = focal_points_of(locked.review, Side.REVIEWING)
    _tell(actor, locked, told, News.JOINT_TAKEN_BACK, page="dialogue:feedback-detail", row=row)
    return row


def undo_clearances(actor: Actor, locked: WrittenFeedback) -> None:
    """Before a joint draft changes: what was cleared counts no more, and the focal points who did so are told."""
    rows = clearances_of(locked)
    if not rows:
        return
    person = None if isinstance(actor, SystemActor) else actor
    JointClearance.objects.filter(pk__in=[row.pk for row in rows]).update(
        undone_at=timezone.now(), undone_by=person, updated_at=timezone.now()
    )
    for row in rows:
        told = focal_points_of(locked.review, states=[row.state_party_id])
        _tell(actor, locked, told, News.JOINT_CHANGED, page="dialogue:feedback-detail", row=row)


def _tell(
    actor: Actor, feedback: WrittenFeedback, told: list[User], news: News, *, page: str, row: JointClearance
) -> None:
    """No list of mails tells of it: who has cleared a draft is known to the reviewing States alone."""
    args, key = (feedback.state_party.iso3,), str(row.pk)
    tell(told, feedback.review, news, page=page, args=args, key=key, but=actor, is_private=True)
