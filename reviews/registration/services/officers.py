"""The officer of the secretariat who is in charge of a review."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people import Actor, officers
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.cases import lock_review
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.registration.mails import notify_in_charge


@transaction.atomic
def assign_officer(*, actor: Actor, review: Review, officer: User, tells: bool = True) -> bool:
    """Put an officer in charge; give whether that is new. Raises ServiceError for somebody who cannot be.

    Whom somebody else puts in charge gets a mail, unless one mail ``tells`` of many reviews afterwards.
    """
    lock_review(review)
    review.refresh_from_db(fields=["officer"])
    require(actor, ReviewAction.ASSIGN_OFFICER, review)
    if not officers().filter(pk=officer.pk).exists():
        raise ServiceError(_("Only an active officer of the secretariat is put in charge."), field="officer")
    if review.officer_id == officer.pk:
        return False
    before = str(review.officer) if review.officer else ""
    review.officer = officer
    review.save(update_fields=["officer", "updated_at"])
    audit.record(
        actor,
        "reviews.review.officer_assigned",
        review,
        before={"officer": before},
        after={"officer": str(officer)},
    )
    if tells and officer != actor:
        notify_in_charge(officer, review, key=review.updated_at.isoformat())
    return True
