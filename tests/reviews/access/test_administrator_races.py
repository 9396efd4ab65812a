"""Two administrators who are ended at the same moment. (These tests commit.)"""

import pytest

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from reviews.access.enums import AccessKind, AccessStatus
from reviews.access.models import AccessRequest
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.lots.draws.test_races import at_once
from tests.reviews.access.access import approve, asked_on_account, carry_out

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
LAST = "This is the last administrator"


@pytest.mark.parametrize("kind", [AccessKind.CLOSE, AccessKind.ROLE])
def test_two_administrators_who_are_ended_at_once_leave_one(kind: AccessKind) -> None:
    administrators = [AdministratorFactory(), AdministratorFactory()]
    wanted = {"role": "officer"} if kind == AccessKind.ROLE else {}
    pairs = zip(administrators, reversed(administrators), strict=True)
    requests = [asked_on_account(actor, kind, person, None, **wanted) for actor, person in pairs]
    for request in requests:
        approve(OfficerFactory(), request)
    at_once(carry_out, carry_out)
    carry_out()
    found = sorted(AccessRequest.objects.values_list("status", flat=True))
    assert found == [AccessStatus.DONE, AccessStatus.RETURNED]
    assert LAST in AccessRequest.objects.get(status=AccessStatus.RETURNED).answer
    left = User.objects.filter(secretariat_role=SecretariatRole.ADMINISTRATOR, is_active=True, status="active")
    assert left.count() == 1
