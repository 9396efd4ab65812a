"""Folders that the servers' account can reach, and the kinds of PostgreSQL that this machine has."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded.binaries import Postgres, system_postgres, wheel_postgres
from config.embedded.folders import temporary_base
from config.embedded.processes import server_account
from tests.embedded.portal import Portal

FINDERS = {"system": system_postgres, "wheel": wheel_postgres}


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a temporary folder; pytest's own are closed to the account that root's servers run as."""
    path = Path(tempfile.mkdtemp(prefix="reviews-", dir=temporary_base(server_account())))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(params=sorted(FINDERS))
def programs(request: pytest.FixtureRequest) -> Postgres:
    """Give each kind of PostgreSQL in turn."""
    found = FINDERS[request.param]()
    if found is None:
        pytest.skip(f"this machine has no PostgreSQL of the kind '{request.param}'")
    return found


@pytest.fixture
def start(folder: Path, programs: Postgres) -> Iterator[Callable[..., Portal]]:
    """Give a function that starts a portal; whatever the test did, nothing of it stays."""
    portals: list[Portal] = []

    def start(**changes: str) -> Portal:
        portals.append(Portal(folder / "data", programs.folder, **changes))
        return portals[-1]

    yield start
    for portal in portals:
        portal.end()
