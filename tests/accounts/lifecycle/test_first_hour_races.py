"""Two who are added in the first hour at the same moment. (This test commits.)"""

from collections.abc import Callable

import pytest

from accounts.lifecycle.services.members import add_second_member
from accounts.people.models import User
from core.models import AuditEntry
from tests.factories.accounts import AdministratorFactory
from tests.lots.draws.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
OLGA = {"full_name": "Olga Marin", "role": "officer", "language": "en"}


def adding(administrator: User, email: str, **more: str) -> Callable[[], object]:
    return lambda: add_second_member(actor=administrator, email=email, **{**OLGA, **more})


def test_two_additions_at_once_add_one() -> None:
    administrator = AdministratorFactory()
    both = [adding(administrator, f"{name}@secretariat.example") for name in ("olga", "nils")]
    assert at_once(*both) == [
        "Somebody has been invited in the meantime. Look at the page as it stands now.",
        "done",
    ]
    assert (User.objects.count(), AuditEntry.objects.filter(verb="accounts.user.added_alone").count()) == (2, 1)
