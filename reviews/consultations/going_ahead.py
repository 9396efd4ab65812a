"""The others go ahead where a State has not named its people: recorded with a reason, told to all."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text
from core.policy import require
from reviews.capacities import speaker_of
from reviews.cases import lock_review, tell
from reviews.cases.enums import News, ReviewAction
from reviews.cases.models import PartialTeam, Review
from reviews.consultations.mails import notify_mission_of_start
from reviews.consultations.selectors import standing_words
from reviews.consultations.services import settle
from reviews.participation import EXPECTED_MILESTONES, focal_points_of, missing_roles
from reviews.registration import note_completeness
from reviews.speakers import mission_of
from reviews.visibility import states_taking_part

_MAXIMUM_REASON = 2000  # characters


@transaction.atomic
def go_ahead_without(*, actor: Actor, review: Review, state_party: StateParty, reason: str) -> PartialTeam:
    """Record that the other States do not wait for one that has not named its focal point or its experts.

    Its word on languages and dates is not needed while it has no focal point, and the milestones of naming people are
    reached by the others. Paragraphs 5 and 6 of annex I to resolution 10/1 say by when people are named, and nothing of
    what follows where they are not: going ahead is ours. Raises ServiceError for a State that takes no part, that has
    named its people or without which the others go ahead already, and where no reason is given.
    """
    lock_review(review)
    require(actor, ReviewAction.GO_AHEAD, review)
    reason = clean_text(reason, maximum=_MAXIMUM_REASON, field="reason").strip()
    _check(review, state_party, reason)
    before = standing_words(review)
    person, _state = speaker_of(actor, review)
    row = PartialTeam.objects.create(review=review, state_party=state_party, reason=reason, recorded_by=person)
    audit.record(actor, "reviews.consultation.went_ahead", review, after={"state": state_party.iso3})
    for role in EXPECTED_MILESTONES:
        note_completeness(review, role)
    _tell(row)
    settle(actor, review, before)
    return row


def _check(review: Review, state_party: StateParty, reason: str) -> None:
    missing = {state.pk: roles for state, roles in missing_roles(review, states_taking_part(review))}
    if state_party.pk not in missing:
        raise ServiceError(
            _("%(state)s has named its people, or takes no part.") % {"state": state_party}, field="state"
        )
    if PartialTeam.objects.filter(review=review, state_party=state_party).exists() and not _has_left_again(
        review, state_party
    ):
        message = _("It is recorded already that the others go ahead without %(state)s.")
        raise ServiceError(message % {"state": state_party}, field="state")
    if not reason:
        raise ServiceError(_("Say why the others go ahead. All who take part can read it."), field="reason")


def _has_left_again(review: Review, state_party: StateParty) -> bool:
    """Whether the State has joined since the last record, so that there is something to record again."""
    last = PartialTeam.objects.filter(review=review, state_party=state_party).latest("created_at")
    return review.participations.filter(state_party=state_party, started_at__gt=last.created_at).exists()


def _tell(row: PartialTeam) -> None:
    review, told = row.review, focal_points_of(row.review)
    tell(told, review, News.WENT_AHEAD, page="reviews:consultation", key=str(row.pk))
    for member in mission_of(row.state_party):
        if member.user not in told:
            notify_mission_of_start(member.user, review, row.state_party, key=str(row.pk))
