"""Make mistakes in a copy of the code, one at a time, and see which of them the tests find.

    python -m tools.mutation [--missed] [ROOM ...]

Prints the score of each room (``rooms.py``) and every mistake that was not found; exit status 1 where a room stays
below its floor, or where its tests fail without a mistake. A run that was interrupted goes on where it stopped, unless
anything in the code or the tests has changed since. With ``--missed`` only those mistakes are tried that the last run
has missed, to see whether tests that were added find them; what counts is a whole run.

The mistakes are made by cosmic-ray, which lives in an environment of its own.
"""

import contextlib
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from tools.mutation import prepared
from tools.mutation.rooms import ROOMS, ROOT
from tools.mutation.session import COSMIC_RAY, Result, Session

SERVER = "tools.mutation.prepared"


def prepare_tool() -> None:
    """Install cosmic-ray where it is not yet."""
    if not COSMIC_RAY.exists():
        venv.create(COSMIC_RAY.parents[1], with_pip=True, clear=True)
        pip = [str(COSMIC_RAY.with_name("python")), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "--requirement", str(ROOT / "requirements-mutation.txt")], check=True)


def make_template() -> None:
    """Of the databases of all rooms; each has a copy of its own, as processes that run tests at once have."""
    code = "import django; django.setup(); from tests.database import make_template; make_template()"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, env=environment)


@contextlib.contextmanager
def running_tests(name: str, folder: Path) -> Iterator[str]:
    """Give the address at which the tests of the copy can be had run (``prepared.py``)."""
    ours = [path.parent.name for path in sorted(folder.glob("*/__init__.py"))]
    environment = {
        **os.environ,
        "PYTEST_XDIST_WORKER": name.replace(" ", "_"),
        "HYPOTHESIS_PROFILE": "mistakes",  # tests/conftest.py
    }
    with TemporaryDirectory() as place:
        address = f"{place}/door"
        command = [sys.executable, "-m", SERVER, address, *ours]
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            asks, answers = cast("IO[str]", server.stdin), cast("IO[str]", server.stdout)
            answers.readline()
            try:
                yield address
            finally:
                asks.close()


def judge(name: str, *, again: bool) -> Result | str:
    """What came of a room's mistakes; or what its tests say that fail without one."""
    session, room = Session(name), ROOMS[name]
    session.copy_code()
    with running_tests(name, session.folder) as address:
        command = [sys.executable, "-I", "-S", prepared.__file__, address, *room.tests]
        for _ in range(2):  # once to load everything, and once to see how long it takes
            began = time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            seconds = time.monotonic() - began
            if done.returncode:
                return done.stdout + done.stderr
        session.begin(" ".join(command), patience=room.seconds + round(5 * seconds), again=again)
        session.go_on()
    return session.result()


def say(name: str, result: Result | str, minutes: float) -> bool:
    """Print it, and whether the room is as it must be."""
    if isinstance(result, str):
        print(f"{name}: its tests fail without a mistake, so that nothing was tried:\n{result}", flush=True)
        return False
    floor = ROOMS[name].floor
    print(
        f"{name}: {result.found} of {result.tried} mistakes found, {result.score:.1f} % (at least {floor} %), "
        f"{result.by_time} of them by time alone, in {minutes:.0f} min"
    )
    print("".join(f"  not found: {each}\n" for each in result.missed), end="", flush=True)
    return result.score >= floor


def main(names: list[str]) -> int:
    """Judge these rooms, or all; as many at once as there are processors."""
    again = "--missed" in names
    names = [name for name in names if name != "--missed"]
    if unknown := set(names) - ROOMS.keys():
        print(f"There is no room called {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}.")
        return 2
    prepare_tool()
    chosen = names or list(ROOMS)
    if any(ROOMS[name].has_database for name in chosen):
        make_template()

    def judge_and_say(name: str) -> bool:
        began = time.monotonic()
        return say(name, judge(name, again=again), (time.monotonic() - began) / 60)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return 0 if all(list(pool.map(judge_and_say, chosen))) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
