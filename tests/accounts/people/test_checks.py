"""A superuser is not for daily work: the check says so."""

import pytest

from accounts.people.checks import check_superusers
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_an_active_superuser_is_reported() -> None:
    UserFactory(is_superuser=True)
    UserFactory(is_superuser=True, is_active=False)
    found = check_superusers(databases=["default"])
    assert [(warning.id, warning.msg) for warning in found] == [("accounts.W001", "There are active superusers (1).")]


def test_without_a_superuser_and_without_a_database_nothing_is_said() -> None:
    UserFactory(is_superuser=True, is_active=False)
    assert check_superusers(databases=["default"]) == []
    UserFactory(is_superuser=True)
    assert check_superusers() == []
