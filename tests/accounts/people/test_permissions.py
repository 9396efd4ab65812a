"""Who is what, and what that allows on accounts."""

import pytest
from django.http import Http404

from accounts.people.enums import AccountAction, SecretariatRole
from accounts.people.models import User
from accounts.people.policy import is_auditor, is_secretariat
from core.policy import PolicyRefusedError, SystemActor, can, require

pytestmark = pytest.mark.unit

NOBODY_SPECIAL = User(full_name="Nadia Ferrante")
OFFICER = User(secretariat_role=SecretariatRole.OFFICER)
ADMINISTRATOR = User(secretariat_role=SecretariatRole.ADMINISTRATOR)
AUDITOR = User(secretariat_role=SecretariatRole.AUDITOR)
SYSTEM = SystemActor("tests")


def test_who_belongs_to_the_secretariat() -> None:
    actors = [NOBODY_SPECIAL, OFFICER, ADMINISTRATOR, AUDITOR, SYSTEM]
    assert [is_secretariat(actor) for actor in actors] == [False, True, True, False, True]
    assert [is_auditor(actor) for actor in actors] == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        (AccountAction.VIEW_STATES, [NOBODY_SPECIAL, OFFICER, ADMINISTRATOR, AUDITOR, SYSTEM]),
        (AccountAction.VIEW_OWN_PROFILE, [NOBODY_SPECIAL, OFFICER, ADMINISTRATOR, AUDITOR, SYSTEM]),
        (AccountAction.REGISTER_USER, [OFFICER, ADMINISTRATOR, SYSTEM]),
    ],
)
def test_what_each_may_do(action: AccountAction, allowed: list[object]) -> None:
    actors = [NOBODY_SPECIAL, OFFICER, ADMINISTRATOR, AUDITOR, SYSTEM]
    assert [actor for actor in actors if can(actor, action)] == allowed


def test_a_refusal_says_why() -> None:
    with pytest.raises(PolicyRefusedError, match="Only the secretariat registers people"):
        require(NOBODY_SPECIAL, AccountAction.REGISTER_USER)


def test_an_account_that_was_closed_is_told_nothing() -> None:
    with pytest.raises(Http404):
        require(User(is_active=False, secretariat_role=SecretariatRole.OFFICER), AccountAction.REGISTER_USER)


def test_a_superuser_is_nobody_special() -> None:
    assert not can(User(is_superuser=True, is_staff=True), AccountAction.REGISTER_USER)
