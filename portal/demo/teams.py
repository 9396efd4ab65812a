"""Who stands where in one review of the demo."""

from dataclasses import dataclass, field

from accounts.people.models import User
from accounts.states.models import StateParty
from core.policy import SystemActor
from portal.demo.plan import Person, PlannedReview
from reviews.cases import register_participant
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review

ACTOR = SystemActor("seed_demo")


@dataclass
class DemoTeam:
    """The people of one State. Its experts write; where it has named none, its focal point does."""

    state: StateParty
    participations: list[Participation] = field(default_factory=list)

    def users(self, role: ParticipationRole) -> list[User]:
        return [each.user for each in self.participations if each.role == role]

    @property
    def focal_point(self) -> User:
        return self.users(ParticipationRole.FOCAL_POINT)[0]

    @property
    def experts(self) -> list[User]:
        return self.users(ParticipationRole.GOVERNMENTAL_EXPERT) or [self.focal_point]

    @property
    def contributor(self) -> Participation | None:
        contributors = (each for each in self.participations if each.role == ParticipationRole.NATIONAL_CONTRIBUTOR)
        return next(contributors, None)


@dataclass(frozen=True, slots=True)
class Teams:
    """``own`` is the State under review; ``reviewing`` begins with the State of the same group."""

    own: DemoTeam
    reviewing: tuple[DemoTeam, ...]


def register_teams(
    review: Review, planned: PlannedReview, states: dict[str, StateParty], users: dict[Person, User]
) -> Teams:
    teams = [_register(review, planned, states[iso3], users) for iso3 in planned.states]
    return Teams(teams[0], tuple(teams[1:]))


def _register(review: Review, planned: PlannedReview, state: StateParty, users: dict[Person, User]) -> DemoTeam:
    team, is_own = DemoTeam(state), state.iso3 == planned.state
    if state.iso3 == planned.absent:
        return team
    for person, user in users.items():
        is_from_ministry = person.role == ParticipationRole.NATIONAL_CONTRIBUTOR
        if person.state != state.iso3 or person.role in planned.missing_roles or (is_from_ministry and not is_own):
            continue
        participation = register_participant(
            actor=ACTOR,
            review=review,
            user=user,
            state_party=state,
            role=ParticipationRole(person.role),
            note_verbale=f"NV/{review.starts_on:%Y}/{state.iso3}/{len(users)}",
        )
        team.participations.append(participation)
    return team
