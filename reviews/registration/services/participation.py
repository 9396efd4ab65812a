"""Who takes part in a review: the only writers of participations and, with them, of grants.

Nobody of the secretariat calls them: they carry out what came through the one door (``reviews.access``), or what a
focal point does in the own State's room (``reviews.participants``).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.affiliations import affiliate
from accounts.people import Actor
from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.tokens import end_tokens_without_a_place
from core import audit
from core.database.identity import giving_keys
from core.errors import ServiceError
from core.policy import require
from reviews.capacities import ROLE_GRANTS, forget_capacities
from reviews.cases import lock_review
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.participation import EXPECTED_MILESTONES
from reviews.registration.mails import notify_ended, notify_registered, notify_taken_over
from reviews.steps import reach_milestone


@transaction.atomic
@giving_keys()
def register_participant(
    *,
    actor: Actor,
    review: Review,
    user: User,
    state_party: StateParty,
    role: ParticipationRole,
    note_verbale: str = "",
    takes_over_from: Participation | None = None,
) -> Participation:
    """Register a person for one State of a review and give the grants of the role, from now on.

    ``takes_over_from`` is a participation that has just ended: this one begins in the moment in which that one ended,
    and the mail leads those who draft to the handover page.
    Raises ServiceError when the State does not take part, when the role does not exist on its side, when the State
    already has a focal point, or when the person already takes part or belongs to the secretariat, which sees no
    unsent draft of a State.
    """
    require(actor, AccountAction.CARRY_OUT, review)
    lock_review(review)
    side = _checked_side(review, user, state_party, role)
    affiliate(user, state_party)
    participation = Participation.objects.create(
        review=review,
        user=user,
        state_party=state_party,
        role=role,
        side=side,
        note_verbale=note_verbale,
        started_at=(takes_over_from and takes_over_from.ended_at) or timezone.now(),
    )
    forget_capacities(user)
    note_completeness(review, role)
    audit.record(
        actor,
        "reviews.participation.registered",
        participation,
        after={"review": review.code, "state": state_party.iso3, "role": role, "note_verbale": note_verbale},
    )
    if takes_over_from is not None and Grant.DRAFT in ROLE_GRANTS[side, role]:
        notify_taken_over(participation)
    else:
        notify_registered(participation)
    return participation


@transaction.atomic
@giving_keys()
def end_participation(*, actor: Actor, participation: Participation) -> Participation:
    """End a participation at once: the access goes, what the person wrote stays.

    What was sent to a contributor is with nobody from then on, until it is handed on. The person is told by mail.
    """
    review = participation.review
    require(actor, AccountAction.CARRY_OUT, review)
    lock_review(review)
    locked = Participation.objects.select_for_update(of=("self",)).get(pk=participation.pk)
    if locked.ended_at is None:
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at", "updated_at"])
        forget_capacities(locked.user)
        end_tokens_without_a_place(locked.user, actor=actor)
        audit.record(actor, "reviews.participation.ended", locked, after={"review": review.code})
        notify_ended(locked)
    return locked


def _checked_side(review: Review, user: User, state_party: StateParty, role: ParticipationRole) -> Side:
    """The side on which the person would take part. Raises ServiceError as ``register_participant`` says."""
    side = side_of(review, state_party)
    if (side, role) not in ROLE_GRANTS:
        raise ServiceError(_("A reviewing State has no national contributors."), field="role")
    if user.secretariat_role:
        message = _("%(person)s belongs to the secretariat and takes part for no State.")
        raise ServiceError(message % {"person": user}, field="email")
    if not user.is_active:
        raise ServiceError(_("The account with this address is closed."), field="email")
    active = Participation.objects.filter(review=review, ended_at=None)
    if active.filter(user=user).exists():
        raise ServiceError(_("%(person)s already takes part in this review.") % {"person": user}, field="email")
    if role == ParticipationRole.FOCAL_POINT and active.filter(state_party=state_party, role=role).exists():
        message = _("%(state)s already has a focal point in this review. End that participation first.")
        raise ServiceError(message % {"state": state_party}, field="role")
    return side


def side_of(review: Review, state_party: StateParty) -> Side:
    """On which side a State stands. Raises ServiceError when it takes no part."""
    if state_party.pk == review.state_under_review_id:
        return Side.UNDER_REVIEW
    if review.reviewing_states.filter(state_party=state_party).exists():
        return Side.REVIEWING
    message = _("%(state)s does not take part in this review.")
    raise ServiceError(message % {"state": state_party}, field="state_party")


def note_completeness(review: Review, role: ParticipationRole) -> None:
    """Reach the milestone when every State that is waited for has somebody in this role."""
    if role not in EXPECTED_MILESTONES:
        return
    states = {review.state_under_review_id, *review.reviewing_states.values_list("state_party_id", flat=True)}
    present = set(
        Participation.objects.filter(review=review, role=role, ended_at=None).values_list("state_party_id", flat=True)
    )
    if states - set(review.partial_teams.values_list("state_party", flat=True)) <= present:
        reach_milestone(review, EXPECTED_MILESTONES[role], timezone.localdate())
