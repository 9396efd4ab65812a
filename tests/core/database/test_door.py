"""Who is being let in is looked for as a role of its own, and as no other (docs/adr/0033)."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection, connections, router, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from pytest_django import Settings

from accounts.people.models import User
from accounts.single_sign_on.models import IdentityLink
from core.database.identity import SYSTEM, at_the_door, current_identity, identified_as, identified_as_system
from core.database.proof import proof_of
from core.database.routers import DoorRouter
from portal.practice.models import Exercise, HandOver
from portal.reference.table_rights import AT_THE_DOOR, DOOR, PLAIN
from reviews.dates.services import make_feed
from tests import utils
from tests.accounts.tokens.making import token_for
from tests.permissions.pieces_outreach import Outreach
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.sharing import shared
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (HAS_TWO_ROLES and settings.DATABASE_DOOR_ROLE), reason="no role of the door"),
]
OF_PEOPLE = sorted(AT_THE_DOOR - {"accounts_linkrequest", "core_notification"})


@shared
def rows(cast: Cast) -> Cast:
    """Rows in each of the tables, but for the session of the focal point."""
    Authenticator.objects.create(user=cast.focal_point, type=Authenticator.Type.TOTP, data={"secret": "s"})
    make_feed(actor=cast.focal_point, review=None)
    token_for(cast.focal_point)
    IdentityLink.objects.create(user=cast.focal_point, issuer="https://login.example", subject="7")
    Outreach(cast).make_all()
    HandOver.objects.create()
    Exercise.objects.create(learner=uuid4(), name="Olga Petrova", language="en")
    return cast


@pytest.fixture
def doors(rows: Cast, client: Client) -> Cast:
    """Rows in each of the tables."""
    utils.login_as(client, rows.focal_point)
    return rows


def found(table: str, way: str = "default") -> int:
    with plain_role(), connections[way].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
        return int(cursor.rowcount)


@pytest.fixture(params=["|door", "{}|door"], ids=["nobody", "a person"])
def proven(request: pytest.FixtureRequest, doors: Cast) -> None:
    """The role of the pages says with the key that it stands at the door."""
    with connection.cursor() as cursor:
        said = proof_of(request.param.format(doors.focal_point.pk))
        cursor.execute("SELECT set_config('app.actor', %s, true)", [said])


@pytest.mark.parametrize("table", OF_PEOPLE)
def test_the_role_of_the_door_alone_finds_whom_it_lets_in(doors: Cast, table: str) -> None:
    with identified_as(AnonymousUser()):
        assert found(table) == 0
        with at_the_door():
            assert found(table) == 0, "not on the way of the pages"
            assert found(table, "door") > 0


@pytest.mark.parametrize("table", OF_PEOPLE)
def test_a_proof_does_not_take_the_place_of_the_role(proven: None, table: str) -> None:
    with plain_role():
        driver = connection.connection
        driver.told = "|"  # so that nothing is said in the place of what was
        assert driver.execute(f"SELECT * FROM {table}").rowcount == 0  # noqa: S608 - our own names


def test_where_there_is_no_such_role_the_proof_does(doors: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_servingrole WHERE purpose = 'door'")
        cursor.execute("SELECT set_config('app.actor', %s, true)", [proof_of("|door")])
    with plain_role():
        assert connection.connection.execute("SELECT * FROM django_session").rowcount > 0


@pytest.mark.parametrize("table", ["questionnaires_answer", "reviews_observation", "core_auditentry"])
def test_no_room_and_no_act_is_open_to_it(doors: Cast, table: str) -> None:
    utils.take_cast_to("summary", doors)
    with at_the_door():
        assert found(table, "door") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM core_actingkey",
        "DELETE FROM accounts_user",
        "INSERT INTO reviews_participation (id) VALUES (gen_random_uuid())",
        "UPDATE reviews_review SET code = 'x'",
    ],
)
def test_it_may_do_nothing_else(doors: Cast, statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with plain_role(), connections["door"].cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement)


def test_it_never_has_a_right_that_pages_do_not_have() -> None:
    assert DOOR.keys() == PLAIN.keys()
    assert {table: rights for table, rights in DOOR.items() if set(rights) - set(PLAIN[table])} == {}


@pytest.mark.parametrize("model", [Session, User])
def test_what_is_done_at_the_door_goes_by_the_door(cast: Cast, model: type) -> None:
    for way in (router.db_for_read, router.db_for_write):
        with identified_as(cast.expert):
            assert way(model) == "default"
            with at_the_door():
                assert way(model) == "door"
        with identified_as_system(), at_the_door():
            assert way(model) == "default", "workers have no such way"


def test_a_worker_that_acts_as_a_person_ends_sessions_as_the_system(cast: Cast, settings: Settings) -> None:
    settings.DATABASE_ROLE = "system"
    with identified_as(cast.expert):
        with at_the_door():
            assert current_identity() == SYSTEM
        assert current_identity() == f"{cast.expert.pk}|"


def test_nothing_is_migrated_by_the_door() -> None:
    assert not DoorRouter().allow_migrate("door", "accounts")
