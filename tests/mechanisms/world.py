"""A portal that has the invented mechanism too, and one review of it, from the draw on."""

import datetime as dt
from dataclasses import dataclass, field

import time_machine
from django.test import override_settings

from accounts.people.models import User
from accounts.states.models import StateParty
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.preparation.selectors.inputs import default_switches
from lots.preparation.services import prepare_draw
from portal.reference.load import Loaded, load_all
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Review
from reviews.programme.models import Mechanism, Phase
from tests.caches import empty_cache
from tests.factories.accounts import UserFactory
from tests.lots.making import Officers, take_on
from tests.utils import register

SLUG = "dark-skies"
AS_OF = dt.date(2026, 2, 1)
TODAY = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def load() -> Loaded:
    """Load the mechanism besides the one that is there."""
    with override_settings(MECHANISM=SLUG):
        return load_all()


@dataclass
class World:
    """``review``: of a State that is party to both instruments, reviewed by one other."""

    mechanism: Mechanism
    officers: Officers
    draw: Draw
    review: Review
    own: dict[ParticipationRole, User] = field(default_factory=dict)
    reviewing: dict[ParticipationRole, User] = field(default_factory=dict)

    @property
    def people(self) -> list[User]:
        return [*self.own.values(), *self.reviewing.values(), self.officers.keeper]


def prepared(officers: Officers) -> Draw:
    phase = Phase.objects.select_related("mechanism").get(mechanism__slug=SLUG, number=1)
    switches = default_switches(phase.mechanism)
    return prepare_draw(actor=officers.keeper, phase=phase, as_of=AS_OF, switches=switches, is_training=True)


def world() -> World:
    """Load the mechanism, draw, publish, and name a focal point and an expert of both States of one review."""
    load()
    officers = Officers()
    draw = take_on(prepared(officers), DrawStatus.PUBLISHED, officers)
    review = next(
        review
        for review in Review.objects.filter(mechanism__slug=SLUG, review_group__number=1).order_by("code")
        if review.instruments.count() == 2 and review.reviewing_states.count() == 1
    )
    made = World(Mechanism.objects.get(slug=SLUG), officers, draw, review)
    other = review.reviewing_states.get().state_party
    for side, state in ((made.own, review.state_under_review), (made.reviewing, other)):
        for role in (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT):
            side[role] = _named(review, state, role)
    return made


def in_june() -> World:
    with time_machine.travel(TODAY, tick=False):
        empty_cache()
        return world()


def _named(review: Review, state: StateParty, role: ParticipationRole) -> User:
    user = UserFactory(full_name=f"{state.iso3} {role.value.title()}")
    register(review, user, state, role)
    return user


def files_in(draw: Draw) -> dict[str, bytes]:
    """The files of a draw by name, as anybody downloads them."""
    return {name: bytes(content) for name, content in draw.files.values_list("name", "content")}
