"""What every test may use: the reference data, the cast, and people signed in."""

import copy
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import time
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import Client, TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from accounts.people.models import User
from core.database import proof
from core.institution import facts
from reviews.programme import terminologies
from reviews.programme.models import Mechanism
from tests import database, utils
from tests.hanging import (
    pytest_runtest_call as pytest_runtest_call,  # pytest finds them here
    pytest_runtest_setup as pytest_runtest_setup,
    pytest_runtest_teardown as pytest_runtest_teardown,
)
from tests.permissions.scenes import build_scene
from tests.permissions.urls_base import Scene
from tests.sharing import Build, build_of, plays_on_cast
from tests.summary import pytest_terminal_summary as pytest_terminal_summary
from tests.utils import Cast

# A loaded machine makes an example slow, and that says nothing about what is tested. Chance does not decide what
# lands: `make test` tries the same examples each time, as few as `make mutate` finds nearly every mistake with, and
# `make prove-random` others, and many more of them. `make mutate` does not ask for the smallest counter-example.
_PROFILES: dict[str, dict[str, Any]] = {
    "fixed": {"derandomize": True, "max_examples": 40},
    "random": {"max_examples": 1000, "print_blob": True},
    "mistakes": {
        "derandomize": True,
        "max_examples": 40,
        "phases": (hypothesis.Phase.explicit, hypothesis.Phase.generate),
    },
}
for _profile, _how in _PROFILES.items():
    hypothesis.settings.register_profile(
        _profile, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], **_how
    )
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


def _time_of_the_database() -> float:
    """A test that travels leaves the database where it is, by whose clock a proof of who acts comes to its end."""
    hatch = time_machine.escape_hatch
    return hatch.time.time() if hatch.is_travelling() else time()


proof.time = SimpleNamespace(time=_time_of_the_database)  # type: ignore[assignment]

LONGEST_NAME = 80  # characters of one value in the name of a test


def pytest_make_parametrize_id(val: object) -> str | None:
    """A test is not named after the bytes of a file, in which the time stands at which each process made it."""
    if isinstance(val, bytes):
        return "bytes"
    return val[:LONGEST_NAME] if isinstance(val, str) and len(val) > LONGEST_NAME else None


# What is loaded before the tests begin stays to the end: it is not looked through for what may go.
OBJECTS_BETWEEN_COLLECTIONS = 50_000


def pytest_configure() -> None:
    gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Collect from here on what the tests leave behind, and less often than programs that are short of memory."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20)
    gc.enable()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Before the processes start that run tests at once: the template of their databases."""
    if session.config.getoption("numprocesses", None):
        with session.config.stash[blocking_manager_key].unblock():
            database.make_template()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.config.getoption("numprocesses", None):
        with session.config.stash[blocking_manager_key].unblock():
            database.drop_template()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that play on the cast come one stage after the other, so that each stage is built once in a process.

    What is kept, and a scene, which take longer, are built in one process alone.
    """
    items.sort(key=_place_of_stage)
    for item in items:
        if marker := item.get_closest_marker("kept"):
            item.add_marker(pytest.mark.xdist_group(_name_of_kept(*marker.args)))
        elif item.get_closest_marker("scene"):
            item.add_marker(pytest.mark.xdist_group(f"scene: {_step_of_scene(item)}"))


def _name_of_kept(build: Callable[..., Any], *args: Any) -> str:
    return f"kept: {build.__module__}.{build.__qualname__}{args}"


def _place_of_stage(item: pytest.Item) -> tuple[int, str, str]:
    """What is kept comes first, then tests that ask for nothing, then the stages of the cast."""
    if marker := item.get_closest_marker("kept"):
        return (-2, _name_of_kept(*marker.args), "")
    build = build_of(item)
    shared = f"{build.__module__}.{build.__qualname__}" if build else ""
    if "cast" not in getattr(item, "fixturenames", ()):
        return (-1, "", shared)
    stage = _stage_of_cast(item)
    if callable(stage):
        return (len(utils.STAGES), stage.__qualname__, shared)
    return (utils.STAGES.index(stage), "", shared)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each process has the reference data in a database of its own; every test finds it there and leaves it there."""
    is_alone = "PYTEST_XDIST_WORKER" not in os.environ
    # A test that commits would otherwise flush the reference data too, and rebuild content types and permissions.
    TransactionTestCase._fixture_teardown = lambda self: database.empty_content()  # type: ignore[method-assign]
    TransactionTestCase.databases = set(connections)
    with django_db_blocker.unblock():
        if is_alone:
            database.make_template()
        database.enter_copy()
    yield
    with django_db_blocker.unblock():
        database.leave_copy()
        if is_alone:
            database.drop_template()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Every test begins in English, whatever language the one before it left active in this process."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _institution_as_it_comes() -> None:
    """Every test begins with a portal of nobody's own, and without asking the database for it: unit tests have none."""
    facts._institution._near = (float("inf"), asdict(facts.InstitutionFacts(is_set_up=True)))


@pytest.fixture(autouse=True)
def _words_of_the_portal() -> None:
    """Likewise the portal's own words, until a test forgets what is near (``empty_cache``)."""
    terminologies._words._near = (float("inf"), {})


@pytest.fixture(autouse=True)
def _no_roots_of_others() -> Iterator[None]:
    """Files of roots do not outlive the test whose rows are taken back, or the next one would miss those rows."""
    yield
    shutil.rmtree(settings.RECORD_ROOTS_DIR, ignore_errors=True)


@pytest.fixture
def reference(db: None) -> None:
    """The reference data is there (it always is; this says that a test relies on it)."""


@pytest.fixture
def mechanism(db: None) -> Mechanism:
    return Mechanism.objects.get(slug=utils.MECHANISM)


CAST_BEGINS = "self_assessment"
CastStage = str | Callable[[Cast], Cast]


class Stage:
    """Holds what tests play on for one after the other that asks for the same, in a transaction around theirs.

    That is the cast (a quarter of a second to build), or a scene of the walk (some seconds). The transaction of each
    test is a savepoint inside, so that every test finds it as it was built. A test that asks for nothing finds no
    people and no reviews.

    It belongs to one database connection, and Django keeps another one while a loop runs in the thread: Playwright's
    begins and ends with an empty stage (``tests/e2e/conftest.py``).
    """

    def __init__(self) -> None:
        self._played: list[tuple[Any, Any, transaction.Atomic]] = []

    def set_cast(self, stage: CastStage = CAST_BEGINS, build: Build | None = None) -> tuple[Cast, Any]:
        """The cast at a stage of the self-assessment or later, and what a shared fixture builds on it.

        What stands from the test before is used again.
        """
        steps: list[tuple[Any, Callable[[Cast], tuple[Cast, Any]]]] = []
        if stage != CAST_BEGINS:
            take_on = stage if callable(stage) else partial(utils.take_cast_to, stage)
            steps.append((stage, lambda cast: (take_on(cast), None)))
        if build:
            steps.append((build, lambda cast: (cast, build(utils.fresh(cast)))))
        played = self._set(0, CAST_BEGINS, lambda: (utils.make_cast(), None))
        for depth, (what, play) in enumerate(steps, start=1):
            played = self._set(depth, what, partial(_play_on, play, played[0]))
        self._clear_from(len(steps) + 1)
        return played

    def set_shared(self, build: Build) -> tuple[None, Any]:
        """What a shared fixture builds on nothing."""
        return self._set(0, build, lambda: (None, build()))

    def set_scene(self, step: str) -> Scene:
        """The scene of a step of the review, which is not to be changed."""
        return self._set(0, f"scene: {step}", lambda: build_scene(step))

    def set_kept(self, build: Callable[..., Any], *args: Any) -> Any:
        """What ``build(*args)`` gives, for all tests in a row that ask for the same."""
        return self._set(0, _name_of_kept(build, *args), lambda: build(*args))

    def clear(self) -> None:
        self._clear_from(0)

    def _set(self, depth: int, what: Any, build: Callable[[], Any]) -> Any:
        if self._played and (connection.needs_rollback or connection.closed_in_transaction):
            self.clear()  # a test before has broken it
        if [name for name, *_rest in self._played[depth : depth + 1]] != [what]:
            self._clear_from(depth)
            around = transaction.atomic()
            around.__enter__()
            try:
                self._played.append((what, build(), around))
            except BaseException:
                _undo(around)
                raise
        return self._played[depth][1]

    def _clear_from(self, depth: int) -> None:
        while len(self._played) > depth:
            _undo(self._played.pop()[-1])


def _play_on(play: Callable[[Cast], tuple[Cast, Any]], cast: Cast) -> tuple[Cast, Any]:
    return play(copy.deepcopy(cast))


def _undo(around: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)


@pytest.fixture(scope="session")
def _stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    one = Stage()
    yield one
    with django_db_blocker.unblock():
        one.clear()


@pytest.fixture
def _stage_is_right(request: pytest.FixtureRequest, _stage: Stage, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        if "_played" in request.fixturenames:
            _set_played(request.node, _stage)
        elif request.node.get_closest_marker("scene"):
            _stage.set_scene(_step_of_scene(request.node))
        elif marker := request.node.get_closest_marker("kept"):
            _stage.set_kept(*marker.args)
        else:
            _stage.clear()


def _set_played(item: pytest.Item, stage: Stage) -> tuple[Cast | None, Any]:
    build = build_of(item)
    if build and not plays_on_cast(build):
        if "cast" in item.fixturenames:
            raise pytest.UsageError(f"{build.__qualname__} is shared, and not built on the cast of the test.")
        return stage.set_shared(build)
    return stage.set_cast(_stage_of_cast(item), build)


def _stage_of_cast(item: pytest.Item) -> CastStage:
    marker = item.get_closest_marker("stage")
    return marker.args[0] if marker else CAST_BEGINS


def _step_of_scene(item: pytest.Item) -> str:
    marker = item.get_closest_marker("scene")
    return str(*marker.args or [item.callspec.params["stage"]])


@pytest.fixture
def _django_db_helper(_stage_is_right: None, _django_db_helper: None) -> None:
    """What pytest-django does to open the database to a test, once the stage is right."""


@pytest.fixture
def _played(request: pytest.FixtureRequest, db: None, _stage: Stage) -> tuple[Cast | None, Any]:
    """The test's own copy of the cast, and of what a shared fixture has built."""
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        raise pytest.UsageError("A test that commits builds its own cast with tests.utils.make_cast().")
    return copy.deepcopy(_set_played(request.node, _stage))


@pytest.fixture
def cast(_played: tuple[Cast, Any]) -> Cast:
    """The cast, each test its own copy, at the stage that ``@pytest.mark.stage(stage)`` names or builds.

    A stage is one of ``utils.STAGES``, or a function that takes the cast on from the first of them and gives it.
    Without the marker a State's self-assessment has just been opened.
    """
    return utils.fresh(_played[0])


@pytest.fixture
def scene(request: pytest.FixtureRequest, db: None, _stage: Stage) -> Scene:
    """The scene that ``@pytest.mark.scene(stage)`` names, or else the parameter ``stage``; to be looked at only."""
    return _stage.set_scene(_step_of_scene(request.node))


@pytest.fixture
def kept(request: pytest.FixtureRequest, db: None, _stage: Stage) -> Any:
    """What ``@pytest.mark.kept(build, *args)`` names: built once, and each test has its own copy of it."""
    if "cast" in request.fixturenames:
        raise pytest.UsageError("A test plays on the cast or on what is kept for it, and not on both.")
    return copy.deepcopy(_stage.set_kept(*request.node.get_closest_marker("kept").args))


@pytest.fixture
def cast_at(request: pytest.FixtureRequest, cast: Cast) -> Callable[[str], Cast]:
    """``cast_at(stage)``: the cast with the self-assessment taken on to a later stage (see ``utils.STAGES``).

    Where the test is marked with the stage, it stands there already, and need not be built for it alone.
    """
    return lambda stage: cast if stage == _stage_of_cast(request.node) else utils.take_cast_to(stage, cast)


@pytest.fixture
def sent(cast_at: Callable[[str], Cast]) -> Cast:
    """The answers were sent; both reviewing States read them, and draft their feedback."""
    return cast_at("written_feedback")


@pytest.fixture
def talking(cast_at: Callable[[str], Cast]) -> Cast:
    """All written feedback was sent; the experts talk."""
    return cast_at("dialogue")


@pytest.fixture
def make_cast(db: None) -> Callable[..., Cast]:
    """``make_cast(stage, state=…)`` for a test that does not use ``cast``: a State is reviewed once in a phase."""
    return utils.make_cast


@pytest.fixture
def make_review(db: None) -> Callable[..., utils.Review]:
    return utils.make_review


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Path:
    """Files that the test stores lie in a folder of its own, which is given."""
    own = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "default": own}
    return tmp_path


@pytest.fixture
def login_as(client: Client) -> Callable[[User], Client]:
    """Sign somebody in on the test's client."""
    return lambda user: utils.login_as(client, user)
