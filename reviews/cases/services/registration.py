"""Registering for a review a person whom the portal may not know yet."""

from django.db import transaction

from accounts.lifecycle import invite
from accounts.people import Actor, register_user
from accounts.people.enums import AccountAction
from accounts.states.models import StateParty
from core.policy import require
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.cases.services.locks import lock_review
from reviews.cases.services.participation import register_participant


@transaction.atomic
def register_person(
    *,
    actor: Actor,
    review: Review,
    state_party: StateParty,
    role: ParticipationRole,
    email: str,
    full_name: str,
    language: str,
    note_verbale: str = "",
    takes_over_from: Participation | None = None,
    **profile: str,
) -> tuple[Participation, bool]:
    """Register a person by e-mail address and have him or her take part; the second value: the person is new.

    A new person is invited to open the account. All of it happens or nothing. Raises ServiceError like
    ``register_participant``.
    """
    require(actor, AccountAction.CARRY_OUT, review)
    lock_review(review)  # before the person is registered, which the audit records
    user, is_new = register_user(actor=actor, email=email, full_name=full_name, language=language, **profile)
    if is_new:
        invite(actor, user)
    participation = register_participant(
        actor=actor,
        review=review,
        user=user,
        state_party=state_party,
        role=role,
        note_verbale=note_verbale,
        takes_over_from=takes_over_from,
    )
    return participation, is_new
