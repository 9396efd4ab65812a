"""What the table of permissions on draws is asked with; its cells stand in tests/permissions/draw_matrix.csv."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people import SECRETARIAT
from core.policy import SystemActor, explain
from lots.draws.enums import DrawAction, DrawStatus
from lots.draws.policy import PERMISSIONS, DrawFacts
from reviews.programme.models import Mechanism
from tests.factories.accounts import AdministratorFactory, AuditorFactory, OfficerFactory, UserFactory
from tests.lots.making import Officers, commit, make_draw, reveal, take_on

pytestmark = pytest.mark.django_db

_OF_NO_DRAW = (DrawAction.LIST, DrawAction.PREPARE)


@pytest.mark.parametrize("action", DrawAction)
def test_the_system_and_strangers_find_nothing(action: DrawAction) -> None:
    target = None if action in _OF_NO_DRAW else make_draw(DrawStatus.SEEDED)
    for actor in (SystemActor("tests"), UserFactory(), AnonymousUser()):
        assert not explain(actor, action, target).is_visible


def test_a_draw_is_prepared_in_a_mechanism(mechanism: Mechanism) -> None:
    assert explain(OfficerFactory(), DrawAction.PREPARE, mechanism).allowed
    assert explain(AdministratorFactory(), DrawAction.PREPARE).allowed
    decision = explain(AuditorFactory(), DrawAction.PREPARE, mechanism)
    assert (decision.allowed, str(decision.reason)) == (False, "Only an officer of the secretariat does this.")


def test_whoever_has_recorded_one_commitment_or_one_value_does_not_run_the_draw() -> None:
    by, committer, revealer = Officers(), OfficerFactory(), OfficerFactory()
    draw = make_draw(DrawStatus.ANNOUNCED, officers=by)
    first, *others = draw.seed_parts.all()
    commit(first, committer)
    for part in others:
        commit(part, by.keeper)
    reveal(first, revealer)
    for part in others:
        reveal(part, by.keeper)
    draw.refresh_from_db()
    may_run = {officer: explain(officer, DrawAction.RUN, draw).allowed for officer in (committer, revealer, by.runner)}
    assert may_run == {committer: False, revealer: False, by.runner: True}


def test_a_seed_of_another_draw_does_not_matter() -> None:
    by = Officers()
    make_draw(DrawStatus.SEEDED, officers=by)
    other = make_draw(DrawStatus.PREPARED, officers=Officers(keeper=by.runner))
    take_on(other, DrawStatus.SEEDED, Officers(keeper=by.runner))
    other.refresh_from_db()
    assert explain(by.keeper, DrawAction.RUN, other).allowed


def test_an_act_on_a_draw_is_never_allowed_without_one() -> None:
    with pytest.raises(ValueError, match="No reason is given for the status None"):
        PERMISSIONS.decide(DrawAction.RUN, DrawFacts(role=min(SECRETARIAT)))
