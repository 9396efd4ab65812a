"""What no statement of a page's role does about providers and connections, whoever it is run for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.single_sign_on.models import IdentityLink, IdentityProvider
from core.database.identity import giving_keys, identified_as
from tests.accounts.single_sign_on.provider import Provider
from tests.accounts.single_sign_on.signing_on import person, provider_row
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of, refused_at_the_end, run

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
NOT_YOURS, KEPT = "row-level security", "Cannot update rows"


def waiting(**given: object) -> IdentityProvider:
    nobody_yet = {"approved_by": None, "approved_at": None, "starts_at": None}
    return provider_row(Provider(), issuer="https://login.example", **nobody_yet, **given)


def test_nobody_puts_a_provider_into_use_alone() -> None:
    admin, officer, now = AdministratorFactory(), OfficerFactory(), timezone.now()
    row = waiting(prepared_by=admin)
    approved = {"approved_at": now, "starts_at": now}
    with identified_as(admin):
        refused_at_the_end(*copy_of(row, **approved, approved_by_id=officer.pk), words=NOT_YOURS)
        refused_at_the_end(*copy_of(row, prepared_by_id=officer.pk), words=NOT_YOURS)
        refused_at_the_end(*change_of(row, **approved, approved_by_id=admin.pk), words="two_stand_behind")
        refused_at_the_end(*change_of(row, **approved, approved_by_id=officer.pk), words="in the own name")
        refused_at_the_end(*change_of(row, issuer="https://evil.example"), words=KEPT)
    with identified_as(officer):
        refused_at_the_end(*copy_of(row, prepared_by_id=officer.pk), words=NOT_YOURS)
        assert run(*change_of(row, **approved, approved_by_id=officer.pk)) == 1
        assert run(*change_of(row, ended_at=now + timedelta(days=1))) == 1
        assert run(*change_of(row, ended_at=None)) == 1, "announced only"
        assert run(*change_of(row, ended_at=now - timedelta(minutes=1))) == 1
        refused_at_the_end(*change_of(row, ended_at=None), words="what has ended stays so")
    with identified_as(person()):
        assert run(*change_of(row, ended_at=now)) == 0


def test_nobody_connects_the_account_of_somebody_else() -> None:
    ana, eve = person(), person("eve")
    link = IdentityLink.objects.create(user=ana, issuer="https://login.example", subject="7")
    with identified_as(eve):
        assert run("SELECT 1 FROM accounts_identitylink") == 0
        refused_at_the_end(*copy_of(link, issuer="https://other.example"), words=NOT_YOURS)
        assert run(*change_of(link, ended_at=timezone.now())) == 0
    officer = OfficerFactory()
    with identified_as(officer):
        assert run(*change_of(link, ended_at=timezone.now())) == 0
        with giving_keys():
            refused_at_the_end(*copy_of(link, issuer="https://other.example"), words=NOT_YOURS)
    with identified_as(ana):
        refused_at_the_end(*change_of(link, user_id=eve.pk), words=KEPT)
        assert run(*copy_of(link, issuer="https://other.example")) == 1
    with identified_as(officer), giving_keys():
        assert run(*change_of(link, ended_at=timezone.now())) == 1, "with the account"
