"""Builds the demo through the services, in one transaction."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.enums import SecretariatRole
from accounts.models import StateParty, User
from accounts.services.users import register_user
from core.policy import SystemActor
from portal.demo.answers import Respondent
from portal.demo.phrases import PhraseBank
from portal.demo.plan import PASSPHRASE, Person, PlannedReview, people, planned_reviews
from questionnaires.models import Response
from questionnaires.services.responses import (
    assign_sections,
    clear_response,
    open_response,
    return_response,
    submit_response_for_clearance,
)
from reviews.enums import ParticipationRole, ReviewingBasis
from reviews.models import Participation, Phase, Review
from reviews.services.participation import register_participant
from reviews.services.reviews import Reviewer, open_review
from reviews.services.steps import reach_milestone, record_consultations

ACTOR = SystemActor("seed_demo")
_ANSWERED_IN_HALF = 0.5  # of the sections
# Days after the start at which the demo's States reached the milestones of the consultations.
_DAYS = {"focal_points_appointed": 11, "experts_designated": 26, "consultations_held": 40}


@dataclass
class Team:
    """Who stands where in one planned review."""

    focal_point: User | None = None
    experts: list[User] = field(default_factory=list)
    contributor: Participation | None = None


def demo_exists() -> bool:
    """Whether the demo, or any part of it, has been built here."""
    return User.objects.filter(email=people()[0].email).exists()


@transaction.atomic
def load_demo(until: str, seed: int) -> list[str]:
    """Build what is not there yet of the demo up to a step; give the codes of the reviews that were built.

    The same seed draws the same answers; dates are counted back from today.
    """
    present = set(Review.objects.values_list("code", flat=True))
    phase = Phase.objects.select_related("mechanism", "cluster").get(mechanism__slug="untoc", number=1)
    missing = [planned for planned in planned_reviews(until) if f"{phase.number}-{planned.state}" not in present]
    if not missing:
        return []
    users = _register_people()
    states = {state.iso3: state for state in StateParty.objects.filter(is_fictional=True)}
    return [_build(planned, phase, states, users, Random(f"{seed}:{planned.state}")).code for planned in missing]


def _register_people() -> dict[Person, User]:
    users, new = {}, []
    for person in people():
        users[person], is_new = register_user(
            actor=ACTOR,
            email=person.email,
            full_name=person.name,
            language=person.language,
            job_title=person.title,
            organization=person.organization,
            secretariat_role="" if person.state else SecretariatRole(person.role),
        )
        if is_new:
            new.append(users[person].pk)
    # One hash for all: the point of a slow hash is lost on a passphrase that is printed at every start.
    User.objects.filter(pk__in=new).update(password=make_password(PASSPHRASE))
    return users


def _build(
    planned: PlannedReview, phase: Phase, states: dict[str, StateParty], users: dict[Person, User], random: Random
) -> Review:
    state = states[planned.state]
    starts_on = timezone.localdate() - dt.timedelta(weeks=planned.started_weeks_ago)
    review = open_review(
        actor=ACTOR,
        phase=phase,
        state_under_review=state,
        reviewers=[
            Reviewer(states[planned.same_group], ReviewingBasis.SAME_GROUP),
            Reviewer(states[planned.other_group], ReviewingBasis.OTHER_GROUP),
        ],
        starts_on=starts_on,
        officer=next(user for person, user in users.items() if person.role == SecretariatRole.OFFICER),
    )
    is_past_consultations = planned.until != "consultations"
    if is_past_consultations:
        for slug in ("focal_points_appointed", "experts_designated"):
            reach_milestone(review, slug, starts_on + dt.timedelta(days=_DAYS[slug]))
    team = _register_team(review, planned, states, users)
    if is_past_consultations:
        record_consultations(ACTOR, review, held_on=starts_on + dt.timedelta(days=_DAYS["consultations_held"]))
        _answer(planned, open_response(ACTOR, review, language=planned.language), team, random)
    return review


def _register_team(
    review: Review, planned: PlannedReview, states: dict[str, StateParty], users: dict[Person, User]
) -> Team:
    team = Team()
    for person, user in users.items():
        is_own = person.state == planned.state
        if not is_own and person.state not in {planned.same_group, planned.other_group}:
            continue
        if person.role in planned.missing_roles or (not is_own and person.role == "national_contributor"):
            continue
        participation = register_participant(
            actor=ACTOR,
            review=review,
            user=user,
            state_party=states[person.state],
            role=ParticipationRole(person.role),
            note_verbale=f"NV/{review.starts_on:%Y}/{person.state}/{len(users)}",
        )
        if is_own and participation.role == ParticipationRole.FOCAL_POINT:
            team.focal_point = user
        elif is_own and participation.role == ParticipationRole.GOVERNMENTAL_EXPERT:
            team.experts.append(user)
        elif is_own and participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR:
            team.contributor = participation
    return team


def _answer(planned: PlannedReview, response: Response, team: Team, random: Random) -> None:
    if planned.until == "opened" or team.focal_point is None:
        return
    bank = PhraseBank(planned.language, response.review.state_under_review, random)
    respondent = Respondent(response, team.experts, bank, random)
    if planned.until == "half_answered":
        _answer_half(planned, respondent, team, team.focal_point)
        return
    respondent.answer_all()
    submit_response_for_clearance(team.experts[0], response)
    if planned.until == "returned":
        return_response(team.focal_point, response, reason=planned.return_reason)
    if planned.until == "sent":
        clear_response(team.focal_point, response)


def _answer_half(planned: PlannedReview, respondent: Respondent, team: Team, focal_point: User) -> None:
    """Send sections to the contributor, who answers one of them; the experts answer half of the others."""
    places = {"/".join(place.address): place for place in respondent.sections}
    assigned = [places[address] for address in planned.assigned]
    others = [place for place in respondent.sections if place not in assigned]
    respondent.answer(others[: int(len(others) * _ANSWERED_IN_HALF)])
    if team.contributor is not None and assigned:
        assign_sections(focal_point, respondent.response, participation=team.contributor, places=assigned)
        respondent.authors[assigned[0].pk] = team.contributor.user
        respondent.answer(assigned[:1])
