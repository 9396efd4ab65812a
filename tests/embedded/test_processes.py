"""A start that takes long is waited for, and that is told; one that fails is given up in words."""

import re
import sys
from pathlib import Path

import pytest

from config.embedded import EmbeddedError, processes
from config.embedded.processes import Child, spawn, wait_for

pytestmark = pytest.mark.unit


def starting(tmp_path: Path, code: str) -> Child:
    return spawn("The server", [sys.executable, "-c", code], log=tmp_path / "log", cwd=tmp_path)


def test_a_slow_start_is_waited_for_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "TOLD_EACH", 0.1)
    there = tmp_path / "there"
    child = starting(tmp_path, "import pathlib, time; time.sleep(1); pathlib.Path('there').touch(); time.sleep(60)")
    try:
        wait_for(there.exists, child, 30)
    finally:
        child.stop()
    told = capsys.readouterr().out.splitlines()
    assert len(told) >= 2
    assert all(re.fullmatch(r"The server is still starting \(\d+ s\) \.\.\.", line) for line in told)


def test_a_quick_start_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    child = starting(tmp_path, "import time; time.sleep(60)")
    try:
        wait_for(lambda: True, child)
    finally:
        child.stop()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("print('no room on the disk'); raise SystemExit(3)", r"The server did not start\.[^$]*no room on the disk"),
        ("import time; print('reading', flush=True); time.sleep(60)", r"did not answer within 1 seconds\.[^$]*reading"),
    ],
)
def test_a_start_that_fails_shows_its_last_words(tmp_path: Path, code: str, words: str) -> None:
    child = starting(tmp_path, code)
    try:
        with pytest.raises(EmbeddedError, match=words):
            wait_for(lambda: False, child, 1)
    finally:
        child.stop()
