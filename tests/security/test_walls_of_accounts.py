"""Factors, staff sessions and the rules of accounts, whatever the statement in a page (docs/adr/0022)."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from accounts.staff_sessions.services import start_staff_session
from core.database.identity import identified_as
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import refused, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
ROWS = "row-level security"


FACTOR = "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now())"


def test_no_administrator_writes_the_factors_of_another(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.focal_point, type=Authenticator.Type.TOTP, data={"secret": "s"})
    for person in (cast.administrator, cast.officer, cast.expert):
        with identified_as(person):
            assert run("DELETE FROM mfa_authenticator") == 0
            assert run("UPDATE mfa_authenticator SET data = '{}'") == 0
            refused(FACTOR, cast.second_expert.pk, words=ROWS)
            assert run(FACTOR, person.pk) == run("DELETE FROM mfa_authenticator") == 1, "the own"


def test_a_staff_session_stays_what_it_was_begun_for(cast: Cast) -> None:
    start_staff_session(actor=cast.administrator, reason="A reason that is long enough.", state_party=cast.state)
    ended = "UPDATE accounts_staffsession SET ended_at = now()"
    for person in (cast.officer, cast.focal_point, AnonymousUser()):
        with identified_as(person):
            assert run(ended) == 0
    with identified_as(cast.officer):
        refused(
            "INSERT INTO accounts_staffsession (id, created_at, updated_at, user_id, reason, started_at, expires_at)"
            " VALUES (gen_random_uuid(), now(), now(), %s, 'For another.', now(), now())",
            cast.administrator.pk,
            words=ROWS,
        )
    with identified_as(cast.administrator):
        for change in ("reason = 'Other'", "state_party_id = NULL", "expires_at = 'infinity'", "started_at = now()"):
            refused(f"UPDATE accounts_staffsession SET {change}", words="Cannot update rows")  # noqa: S608
        assert run(ended) == 1
        refused("UPDATE accounts_staffsession SET ended_at = NULL", words="Cannot update rows")


def test_the_rules_of_accounts_are_reference_data(cast: Cast) -> None:
    """Or somebody would give back the days of grace, or make a link valid for years."""
    longer = "UPDATE accounts_accountrule SET value = 1000 WHERE key = 'access_wait'"
    for person in (AnonymousUser(), cast.focal_point, cast.officer, cast.auditor):
        with identified_as(person):
            assert run("SELECT * FROM accounts_accountrule") > 1
            assert run(longer) == run("DELETE FROM accounts_accountrule") == 0
            refused(
                "INSERT INTO accounts_accountrule (id, created_at, updated_at, key, value, unit, source)"
                " VALUES (gen_random_uuid(), now(), now(), 'new', 1, 'days', '')",
                words=ROWS,
            )
    with identified_as(cast.administrator):
        assert run(longer) == 1
