"""One person takes over from another: the old access ends and the new one begins in the same moment."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.enums import AccountAction
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.cases import lock_review
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.registration.services.participation import end_participation, register_participant


@transaction.atomic
def replace_participant(
    *, actor: Actor, participation: Participation, user: User, note_verbale: str = ""
) -> Participation:
    """Have ``user`` take over a participation: the same review, State and role. Gives the new participation.

    Drafts lie in the room of the State and stay where they are; what was sent to the one passes to the other,
    with what he or she has proposed, as far as the database shows it to who acts: an officer's page has no key to the
    room, so that there the focal point hands it on to the successor (docs/adr/0059). Both are told by mail.
    Milestones stay as they are. Raises ServiceError when the participation has ended, when the person is the same,
    or for the reasons of ``register_participant``; then nothing has changed.
    """
    review = participation.review
    require(actor, AccountAction.CARRY_OUT, review)
    lock_review(review)
    old = Participation.objects.select_for_update(of=("self",)).select_related("user").get(pk=participation.pk)
    if old.ended_at is not None:
        raise ServiceError(_("The participation of %(person)s has ended already.") % {"person": old.user})
    if old.user_id == user.pk:
        raise ServiceError(_("%(person)s takes part already; name somebody else.") % {"person": user}, field="email")
    ended = end_participation(actor=actor, participation=old)
    new = register_participant(
        actor=actor,
        review=review,
        user=user,
        state_party=old.state_party,
        role=ParticipationRole(old.role),
        note_verbale=note_verbale,
        takes_over_from=ended,
    )
    _hand_over_ministry(old, new)
    sections = old.assignments.update(participation=new)
    old.proposals.update(participation=new)
    audit.record(
        actor,
        "reviews.participation.replaced",
        new,
        before={"participation": str(old.pk)},
        after={"review": review.code, "participation": str(new.pk), "sections": sections},
    )
    return new


def _hand_over_ministry(old: Participation, new: Participation) -> None:
    """Whoever takes over is of the same ministry, where the database shows it to who acts; its parts pass with it."""
    membership = getattr(old, "membership", None)
    if membership is not None:
        membership.ministry.members.create(participation=new)  # whoever ends stays of it: his or her words are its
