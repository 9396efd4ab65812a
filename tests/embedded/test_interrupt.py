"""Ctrl-C ends `make test`: what runs is ended, nothing else is begun, and no process stays."""

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.prove]
ROOT = Path(__file__).resolve().parents[2]
SLOW = """
import pathlib, time, pytest

@pytest.mark.parametrize("number", range(6))
def test_slow(number):
    (pathlib.Path(__file__).parent / f"{number}.begun").touch()
    time.sleep(120)
"""


def command_of_make() -> list[str]:
    """How `make test` calls pytest, with two processes."""
    words = ["make", "--silent", "WORKERS=2", "--eval=show: ; @echo '$(PYTEST)'", "show"]
    shown = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return shlex.split(shown.stdout)


def test_ctrl_c_ends_the_tests(tmp_path: Path) -> None:
    (tmp_path / "test_slow.py").write_text(SLOW)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    alone = ["-p", "no:django", "-p", "no:valkey", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DATABASE", "REDIS"))}
    # A session of its own, as a terminal gives: Ctrl-C reaches every process in it. Nobody ignores it, as whatever a
    # shell has put into the background does.
    tests = subprocess.Popen(
        ["env", "--default-signal=INT", *command_of_make(), *alone, "-c", tmp_path / "pytest.ini", tmp_path],
        cwd=ROOT, env=kept, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        limit = time.monotonic() + 60
        while len(list(tmp_path.glob("*.begun"))) < 2:
            assert time.monotonic() < limit and tests.poll() is None
            time.sleep(0.1)
        os.killpg(tests.pid, signal.SIGINT)
        said, _ = tests.communicate(timeout=120)  # a machine may be busy with other tests
    finally:
        if tests.poll() is None:
            os.killpg(tests.pid, signal.SIGKILL)
    assert tests.returncode != 0
    assert len(list(tmp_path.glob("*.begun"))) == 2, said
    with pytest.raises(ProcessLookupError):
        os.killpg(tests.pid, 0)
