"""The threat model names controls that are there and tests that show them."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| [STRIDE] \|", line)]


def test_every_file_that_is_named_exists() -> None:
    named = set(re.findall(r"`((?:tests|core|docs|static|reviews)/[\w./-]+)`", PAGE))
    assert len(named) > 15
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_threat_has_a_control_and_a_test() -> None:
    assert len(ROWS) > 20
    for row in ROWS:
        _kind, threat, control, shown = [cell.strip() for cell in row.strip("|").split("|")]
        assert threat, row
        assert control, row
        assert re.search(r"`tests/[\w/]+\.py`", shown), row


def test_every_kind_of_threat_is_thought_of() -> None:
    assert {row[2] for row in ROWS} == set("STRIDE")
