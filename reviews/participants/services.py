"""A State opens its own room to its own people itself: its focal point invites national contributors."""

from django.db import transaction

from accounts.people.models import User
from core import audit
from core.policy import require
from reviews.access import door_opened_by
from reviews.capacities import require_capacity
from reviews.cases import tell
from reviews.cases.enums import News, ParticipationRole, ReviewAction
from reviews.cases.models import Participation, Review
from reviews.ministries import place_contributor
from reviews.participation import participants_of
from reviews.registration import end_participation, find_or_invite_for_review, register_participant


@transaction.atomic
def invite_contributor(
    *,
    actor: User,
    review: Review,
    email: str,
    full_name: str,
    language: str,
    job_title: str = "",
    organization: str = "",
) -> Participation:
    """Give somebody of a ministry access to the sections that will be sent to him or her.

    The State's people are told, but for other contributors: no ministry learns which others are asked.

    With an ``organization`` he or she is of the ministry of that name, and has what was sent to it.

    Raises ServiceError for somebody who takes part already or belongs to the secretariat.
    """
    require(actor, ReviewAction.INVITE_CONTRIBUTOR, review)
    door = door_opened_by(actor)
    user = find_or_invite_for_review(
        actor=door,
        review=review,
        email=email.strip().lower(),
        full_name=full_name,
        language=language,
        job_title=job_title,
        organization=organization,
    )
    state, role = review.state_under_review, ParticipationRole.NATIONAL_CONTRIBUTOR
    participation = register_participant(actor=door, review=review, user=user, state_party=state, role=role)
    _note(actor, participation, "invited", News.CONTRIBUTOR_INVITED)
    if organization.strip():
        place_contributor(actor=actor, participation=participation, name=organization)
    return participation


@transaction.atomic
def end_contributor(*, actor: User, participation: Participation) -> None:
    """End the access of a contributor of the own State at once. Doing it twice changes nothing."""
    require(actor, ReviewAction.INVITE_CONTRIBUTOR, participation.review)
    own = require_capacity(actor, participation.review).state_party_id
    is_theirs = participation.state_party_id == own and participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR
    if not is_theirs:
        raise ValueError("A focal point ends the access of contributors of the own State alone.")
    if participation.ended_at is None:
        end_participation(actor=door_opened_by(actor), participation=participation)
        _note(actor, participation, "let_go", News.CONTRIBUTOR_LET_GO)


def _note(actor: User, participation: Participation, what: str, news: News) -> None:
    review = participation.review
    audit.record(actor, f"reviews.contributor.{what}", participation, after={"review": review.code})
    of_state = participants_of(review).filter(state_party=participation.state_party, user__is_active=True)
    told = [row.user for row in of_state.exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR)]
    tell(told, review, news, page="reviews:participant-list", key=str(participation.pk), but=actor)
