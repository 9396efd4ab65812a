"""The measurement of docs/performance.md runs, whatever its figures are."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.prove, pytest.mark.integration]
# Those of a minute or two; each way of measuring is among them: over HTTP, in this process, and in one of its own.
MEASURES = ("saves", "crowd", "middleware", "section", "document", "list", "desk", "walls")
ROOT = Path(__file__).resolve().parents[2]


def test_saves_and_pages_can_be_measured() -> None:
    """On the database that the servers of the test run bring, which no test works on."""
    command = [sys.executable, "-m", "tools.bench", *MEASURES]
    measured = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert measured.returncode == 0, measured.stderr[-3000:]
    figures = dict(re.split(r" {2,}", line, maxsplit=1) for line in measured.stdout.splitlines() if "  " in line)
    ratios = figures["ratio to the bare view, and behind the sign-in"]
    assert all(float(ratio) > 0 for ratio in ratios.split(", "))
    assert {"saves, 16 people on 2 processes", "list of reviews, 761 reviews", "all of it"} <= figures.keys()
    assert figures["300 people who save at once, without an error"].startswith("1500 saves, ")
    assert any(what.startswith("completed questionnaire") for what in figures)
    assert re.search(r"of the processor.*, 21 queries", figures["desk, largest section (44 items)"])
