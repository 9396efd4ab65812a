"""Fixtures whose rows are written once for all tests in a row that ask for the same."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from tests.utils import Cast

Build = Callable[..., Any]


def shared(build: Build) -> Any:
    """A fixture of what ``build`` makes, in the place of ``pytest.fixture``; each test has its own copy of it.

    ``build`` takes nothing, or the cast at the stage of the test. It is for what takes longer to write than to copy.
    The rows stand until a test comes that asks for another stage or another fixture of this kind; a test asks for one
    of them, and does not commit.
    """
    if plays_on_cast(build):

        def given(cast: Cast, _played: tuple[Cast, Any]) -> Any:
            return _played[1]
    else:

        def given(_played: tuple[None, Any]) -> Any:
            return _played[1]

    given.build = build
    return pytest.fixture(given, name=build.__name__)


def plays_on_cast(build: Build) -> bool:
    return bool(inspect.signature(build).parameters)


def build_of(item: pytest.Item) -> Build | None:
    """What the fixture of this kind is built by that the test asks for, if it does. Raises where it asks for two."""
    info = getattr(item, "_fixtureinfo", None)
    definitions = [each[-1] for each in info.name2fixturedefs.values()] if info else []
    builds = {each.func.build for each in definitions if hasattr(each.func, "build")}
    if len(builds) > 1:
        raise pytest.UsageError(f"{item.nodeid} asks for two fixtures that are shared.")
    return next(iter(builds), None)
