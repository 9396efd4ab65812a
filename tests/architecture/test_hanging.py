"""A test that hangs ends the run and says where, whether it is made ready, called or cleared away."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.compose import ROOT

HANGS = """
import time, pytest

@pytest.fixture
def thing():
    {setup}
    yield
    {teardown}

def test_it(thing):
    {call}
"""


@pytest.mark.integration
@pytest.mark.parametrize("phase", ["setup", "call", "teardown"])
def test_the_run_ends_and_says_where(tmp_path: Path, phase: str) -> None:
    lines = dict.fromkeys(["setup", "call", "teardown"], "pass") | {phase: "time.sleep(60)  # here"}
    (tmp_path / "test_hangs.py").write_text(HANGS.format_map(lines))
    command = [sys.executable, "-m", "pytest", "-p", "tests.hanging", "-p", "no:django", "-p", "no:cacheprovider", "-q"]
    ended = subprocess.run(
        [*command, "--rootdir", str(tmp_path), str(tmp_path)],
        env={**os.environ, "HANGS_AFTER": "0.5", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    line = HANGS.format_map(lines).splitlines().index("    time.sleep(60)  # here") + 1
    assert ended.returncode == 1
    assert f'test_hangs.py", line {line} in' in ended.stderr
