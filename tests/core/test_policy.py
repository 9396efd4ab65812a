"""The one door for permissions: invisible is 404, refused is 403 with its reason, inactive people see nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import Http404

from accounts.people.models import User
from core import policy
from core.policy import (
    ALLOWED,
    INVISIBLE,
    Decision,
    PolicyRefusedError,
    Predicate,
    Rule,
    SystemActor,
    Table,
    may,
    refused,
)
from reviews.cases.enums import ReviewAction

pytestmark = pytest.mark.unit

WHY = "Only on Tuesdays."


class TrialAction(TextChoices):
    """Actions of no app, whose answer is their target."""

    TRY = "trial.try"


@pytest.fixture(autouse=True)
def _the_answer_is_the_target(monkeypatch: pytest.MonkeyPatch) -> None:
    sees: Predicate[Decision] = Predicate(lambda answer: answer.is_visible)
    allowed: Predicate[Decision] = Predicate(lambda answer: answer.allowed)
    rule = Rule(may(allowed, else_=lambda answer: answer.reason), binds=True)
    table = Table(TrialAction, {TrialAction.TRY: rule}, sees=sees)
    monkeypatch.setitem(policy._tables, TrialAction, (table, lambda actor, action, target: target))


def test_what_is_allowed_passes() -> None:
    policy.require(User(), TrialAction.TRY, ALLOWED)
    assert policy.can(User(), TrialAction.TRY, ALLOWED)


def test_what_is_invisible_is_not_found() -> None:
    with pytest.raises(Http404):
        policy.require(User(), TrialAction.TRY, INVISIBLE)
    assert not policy.can(User(), TrialAction.TRY, INVISIBLE)


def test_what_is_refused_says_why() -> None:
    with pytest.raises(PolicyRefusedError, match=WHY) as caught:
        policy.require(User(), TrialAction.TRY, refused(WHY))
    assert caught.value.decision == Decision(False, WHY, is_visible=True)
    assert isinstance(caught.value, PermissionDenied), "so that Django answers 403 and rolls back"


def test_an_inactive_person_sees_nothing() -> None:
    assert policy.explain(User(is_active=False), TrialAction.TRY, ALLOWED) == INVISIBLE


def test_the_system_acts_under_the_name_of_its_task() -> None:
    actor = SystemActor("portal.plan_reminders")
    assert str(actor) == "system: portal.plan_reminders"
    assert policy.explain(actor, TrialAction.TRY, ALLOWED) == ALLOWED


def test_a_decision_is_true_when_it_allows() -> None:
    assert bool(ALLOWED) is True
    assert bool(refused(WHY)) is False


def test_every_app_answers_for_its_actions() -> None:
    actions = policy.registered_actions()
    assert len(actions) == len(set(actions))
    assert set(ReviewAction) <= set(actions)


def test_no_action_has_two_names() -> None:
    values = [str(action) for action in policy.registered_actions()]
    assert len(values) == len(set(values))


def test_an_act_that_binds_asks_for_a_recent_sign_in() -> None:
    assert policy.is_binding(TrialAction.TRY)
    assert not policy.is_binding(ReviewAction.VIEW)
