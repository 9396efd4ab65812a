"""Who stands where in one review of the demo."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.people import register_user
from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.terms import accept_terms, newest_terms
from core.policy import SystemActor
from portal.demo.plan import PASSPHRASE, Person, PlannedReview, people
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.registration import register_participant

ACTOR = SystemActor("seed_demo")


def register_people() -> dict[Person, User]:
    """Everybody of the demo, with the printed passphrase."""
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
    newcomers = User.objects.filter(pk__in=new)
    newcomers.update(password=make_password(PASSPHRASE), activated_at=timezone.now())
    if terms := newest_terms():
        for user in newcomers:
            accept_terms(actor=user, number=terms.number)
    return users


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
    def contributors(self) -> list[Participation]:
        return [each for each in self.participations if each.role == ParticipationRole.NATIONAL_CONTRIBUTOR]


@dataclass(frozen=True, slots=True)
class Teams:
    """``own`` is the State under review; ``reviewing`` begins with the State of the same group."""

    own: DemoTeam
    reviewing: tuple[DemoTeam, ...]

    @property
    def focal_points(self) -> list[User]:
        return [team.focal_point for team in (self.own, *self.reviewing)]


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
