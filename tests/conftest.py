"""What every test may use: the reference data, the cast, and people signed in."""

import copy
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from accounts.models import User
from portal.demo.grace import give_days_of_grace
from portal.reference import load_all
from reviews.models import Mechanism
from tests import utils
from tests.summary import pytest_terminal_summary as pytest_terminal_summary  # pytest finds it here
from tests.utils import Cast

# A loaded machine makes an example slow, and that says nothing about what is tested.
hypothesis.settings.register_profile(
    "portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("portal")

# Everything but the reference data hangs on these tables, whose emptying empties all that refers to them.
_ROOTS_OF_CONTENT = (
    "accounts_user, reviews_review, core_auditentry, django_session, axes_accessattempt, axes_accesslog, "
    "axes_accessfailurelog"
)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the reference data once for each worker; every test finds it there and leaves it there."""
    with django_db_blocker.unblock():
        load_all()
        give_days_of_grace()  # as the demo does; tests/accounts/test_grace.py has the rules of a real portal
        _empty_content()
    # A test that commits would otherwise flush the reference data too, and rebuild content types and permissions.
    TransactionTestCase._fixture_teardown = lambda self: _empty_content()  # type: ignore[method-assign]


def _empty_content() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {_ROOTS_OF_CONTENT} CASCADE")
        # Drafts of the step plan hang on the reference data; those that were published stay for good.
        cursor.execute(
            "DELETE FROM reviews_stepplan USING reviews_stepplanversion version "
            "WHERE version.id = version_id AND version.published_at IS NULL"
        )
        cursor.execute("DELETE FROM reviews_stepplanversion WHERE published_at IS NULL")
        cursor.execute("UPDATE reviews_publicstatus SET is_open = false WHERE is_open")  # as the reference data has it


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Every test begins in English, whatever language the one before it left active in this process."""
    with translation.override("en"):
        yield


@pytest.fixture
def reference(db: None) -> None:
    """The reference data is there (it always is; this says that a test relies on it)."""


@pytest.fixture
def mechanism(db: None) -> Mechanism:
    return Mechanism.objects.get(slug=utils.MECHANISM)


class Stage:
    """Holds the cast for one test after the other that asks for it, in a transaction around theirs.

    Building it takes a quarter of a second. The transaction of each test is a savepoint inside, so that every test
    finds the cast as it was built. A test that does not ask for it finds no people and no reviews.

    It belongs to one database connection, and Django keeps another one while a loop runs in the thread: Playwright's
    begins and ends with an empty stage (``tests/e2e/conftest.py``).
    """

    def __init__(self) -> None:
        self.cast: Cast | None = None
        self.transaction = transaction.atomic()

    def set(self) -> None:
        if self.cast is not None and (connection.needs_rollback or connection.closed_in_transaction):
            self.clear()  # a test before has broken it
        if self.cast is None:
            self.transaction.__enter__()
            self.cast = utils.make_cast()

    def clear(self) -> None:
        if self.cast is not None:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)
            self.cast = None


@pytest.fixture(scope="session")
def _stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    one = Stage()
    yield one
    with django_db_blocker.unblock():
        one.clear()


@pytest.fixture
def _stage_is_right(request: pytest.FixtureRequest, _stage: Stage, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        if "cast" in request.fixturenames:
            _stage.set()
        else:
            _stage.clear()


@pytest.fixture
def _django_db_helper(_stage_is_right: None, _django_db_helper: None) -> None:
    """What pytest-django does to open the database to a test, once the stage is right."""


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None, _stage: Stage) -> Cast:
    """The cast, each test its own copy: a State's self-assessment has just been opened."""
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        raise pytest.UsageError("A test that commits builds its own cast with tests.utils.make_cast().")
    return utils.fresh(copy.deepcopy(_stage.cast))


@pytest.fixture
def cast_at(cast: Cast) -> Callable[[str], Cast]:
    """``cast_at(stage)``: the cast with the self-assessment taken on to a later stage (see ``utils.STAGES``)."""
    return lambda stage: utils.take_cast_to(stage, cast)


@pytest.fixture
def make_cast(db: None) -> Callable[..., Cast]:
    """``make_cast(stage, state=…)`` for a test that does not use ``cast``: a State is reviewed once in a phase."""
    return utils.make_cast


@pytest.fixture
def make_review(db: None) -> Callable[..., utils.Review]:
    return utils.make_review


@pytest.fixture
def login_as(client: Client) -> Callable[[User], Client]:
    """Sign somebody in on the test's client."""
    return lambda user: utils.login_as(client, user)
