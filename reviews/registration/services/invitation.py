"""People for a review whom the portal may not know yet."""

from django.db import transaction

from accounts.invitations import find_or_invite
from accounts.people import Actor
from accounts.people.enums import AccountAction
from accounts.people.models import User
from core.policy import require
from reviews.cases import lock_review
from reviews.cases.models import Review


@transaction.atomic
def find_or_invite_for_review(
    *, actor: Actor, review: Review, email: str, full_name: str, language: str, **profile: str
) -> User:
    """Give the person with this address, invited where he or she is new, to take part or to take over.

    The caller goes on with ``register_participant`` or ``replace_participant`` in the same transaction.
    """
    require(actor, AccountAction.CARRY_OUT, review)
    lock_review(review)  # before the person is registered, which the audit records
    return find_or_invite(actor=actor, email=email, full_name=full_name, language=language, **profile)
