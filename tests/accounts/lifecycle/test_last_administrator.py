"""Somebody who looks after people and rules is always left."""

from typing import Any

import pytest

from accounts.lifecycle.services.accounts import change_role, close_account
from accounts.people.models import User
from core.errors import ServiceError
from tests.factories.accounts import AdministratorFactory, InvitedFactory, OfficerFactory
from tests.utils import SYSTEM

pytestmark = pytest.mark.django_db


def test_the_last_administrator_is_neither_ended_nor_loses_the_role() -> None:
    administrator = AdministratorFactory()
    InvitedFactory(secretariat_role="administrator")  # who has not begun does nothing yet
    OfficerFactory()
    for act, more in ((close_account, {}), (change_role, {"role": "officer"}), (change_role, {"role": ""})):
        with pytest.raises(ServiceError, match="the last administrator"):
            act(actor=SYSTEM, user=administrator, reason="She leaves.", request="r", **more)
    other = AdministratorFactory()
    close_account(actor=SYSTEM, user=administrator, reason="She leaves.", request="r")
    with pytest.raises(ServiceError, match="the last administrator"):
        close_account(actor=SYSTEM, user=other, reason="He leaves.", request="r")


def test_who_has_not_begun_is_ended_though_the_role_was_an_administrators() -> None:
    AdministratorFactory()
    invited: Any = InvitedFactory(secretariat_role="administrator")
    close_account(actor=SYSTEM, user=invited, reason="A wrong address.", request="r")
    assert not User.objects.get(pk=invited.pk).is_active
