"""Who speaks for a State in a mechanism: its focal points in current reviews, and its permanent mission."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.affiliations import open_affiliation
from accounts.people import Actor
from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from core import context
from core.policy import SystemActor
from reviews.capacities import STATE_RELATION
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism


@dataclass(frozen=True, slots=True)
class NominatingState:
    """One State in one mechanism: what a page of nominations is about."""

    mechanism: Mechanism
    state_party: StateParty


@dataclass(frozen=True, slots=True)
class StateRelation:
    """What somebody is to a State: ``is_of_state`` in any way, be it as an expert or as one of its officials."""

    is_focal_point: bool = False
    is_mission: bool = False
    is_of_state: bool = False

    @property
    def speaks_for_state(self) -> bool:
        return self.is_focal_point or self.is_mission


def relation_to_state(actor: Actor, mechanism: Mechanism, state_party: StateParty) -> StateRelation:
    """One query for each person, mechanism and State (see ``forget_capacities``)."""
    if isinstance(actor, SystemActor):
        return StateRelation()
    key = (STATE_RELATION, actor.pk, mechanism.pk, state_party.pk)
    return context.looked_up(key, lambda: _fetch_relation(actor, mechanism, state_party))


def _fetch_relation(actor: User, mechanism: Mechanism, state_party: StateParty) -> StateRelation:
    takes_part = Participation.objects.filter(user=OuterRef("pk"), state_party=state_party, ended_at=None)
    affiliated = Affiliation.objects.filter(open_affiliation(), user=OuterRef("pk"), state_party=state_party)
    row = (
        User.objects.filter(pk=actor.pk)
        .annotate(
            is_focal_point=Exists(takes_part.filter(current_focal_point(), review__mechanism=mechanism)),
            is_mission=Exists(affiliated.filter(is_permanent_mission=True)),
            is_of_state=Exists(takes_part) | Exists(affiliated),
        )
        .values_list("is_focal_point", "is_mission", "is_of_state")
        .first()
    )
    return StateRelation(*row) if row else StateRelation()


def current_focal_point() -> Q:
    """Participations that let somebody speak for the State: of a focal point, in an open review."""
    return Q(role=ParticipationRole.FOCAL_POINT, ended_at=None) & ~Q(review__step__kind=StepKind.CLOSING)


def mission_of(state_party: StateParty) -> QuerySet[Affiliation]:
    """Those who work at the State's permanent mission today."""
    return _missions(state_party).filter(open_affiliation()).order_by("user__full_name")


def get_mission_member(place: NominatingState, pk: UUID) -> Affiliation:
    """Somebody who works there or has worked there. Raises Http404 when there is none."""
    affiliation = _missions(place.state_party).filter(pk=pk).first()
    if affiliation is None:
        raise Http404
    return affiliation


def _missions(state_party: StateParty) -> QuerySet[Affiliation]:
    missions = Affiliation.objects.filter(state_party=state_party, is_permanent_mission=True)
    return missions.select_related("user", "state_party")


def states_spoken_for(user: User) -> list[NominatingState]:
    """The States whose people the user names, by mechanism: as their focal point, or for their permanent mission."""
    focal = Participation.objects.filter(user=user, role=ParticipationRole.FOCAL_POINT, ended_at=None).exclude(
        review__step__kind=StepKind.CLOSING
    )
    found = {
        (row.review.mechanism.slug, row.state_party.iso3): NominatingState(row.review.mechanism, row.state_party)
        for row in focal.select_related("review__mechanism", "state_party")
    }
    missions = Affiliation.objects.filter(open_affiliation(), user=user, is_permanent_mission=True)
    for affiliation in missions.select_related("state_party"):
        for mechanism in Mechanism.objects.all():
            key = (mechanism.slug, affiliation.state_party.iso3)
            found.setdefault(key, NominatingState(mechanism, affiliation.state_party))
    return [found[key] for key in sorted(found)]
