"""What people typed stays text in a spreadsheet."""

import ast
import io
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, strategies as st

from core.files.spreadsheets import own_text, safe_cell, safe_row

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[3]
# Files whose bytes are fixed by contract; their values cannot begin a formula (``lots.algorithm.table``).
FIXED = {"lots/algorithm/table.py", "lots/verifier/verify.py"}


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1", "=HYPERLINK(\"http://evil.example\",\"law\")", "=cmd|' /C calc'!A0", "+1+cmd|' /C calc'!A0", "-2+3",
        "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u00a0=1", "\ufeff=1", "＝1+1", "＋1", "－1", "＠x",
        "|calc", "%0A=1", "-", "\t", "\x00=1",
    ],
)  # fmt: skip
def test_a_formula_becomes_text(formula: str) -> None:
    assert safe_cell(formula) == f"'{formula}"


@pytest.mark.parametrize("sign", list("\u200b\u200c\u200d\u200e\u2060\u00ad\u202e\u2066\ufeff\u061c\u180e\u3164\ufe0f"))
@pytest.mark.parametrize(
    "formula", ["{}=1+1", " {}@x", "{} \u00a0{}+1+cmd|' /C calc'!A0", "{}{}-2+3", "{}\t=1", "{}＝1"]
)
def test_nor_does_one_behind_what_nobody_sees(sign: str, formula: str) -> None:
    hidden = formula.replace("{}", sign)
    assert safe_cell(hidden) == f"'{hidden}"
    assert safe_cell(f"{sign}law") == f"{sign}law"


@pytest.mark.parametrize("value", ["", "law", "a=b", "e-mail", "-12", "+3.5", "-1,5", "Côte", 5, -3, 1.5, None])
def test_everything_else_stays_as_it_is(value: Any) -> None:
    assert safe_cell(value) == value


@given(st.text(max_size=50))
def test_whatever_is_typed_no_cell_begins_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell in {text, f"'{text}"}
    assert cell.lstrip()[:1] not in {"=", "@"}
    assert own_text(cell) == text


@pytest.mark.parametrize("text", ["- None", "'- None", "''=1+1", "'Quoted' words", "-12", "'-12", "'", "'\u200b=1"])
def test_a_file_that_comes_back_says_what_went_out(text: str) -> None:
    assert own_text(safe_cell(text)) == text


def test_excel_reads_no_formula() -> None:
    book = openpyxl.Workbook()
    book.active.append(safe_row(["=1+1", "law", "@x"]))
    book.save(buffer := io.BytesIO())
    cells = openpyxl.load_workbook(buffer).active[1]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]


@cache
def writers() -> set[str]:
    """Modules of ours that write a table for a spreadsheet."""
    found = set()
    for folder in ("accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews"):
        for path in (ROOT / folder).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            calls = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
            if calls & {"csv.writer", "csv.DictWriter", "openpyxl.Workbook", "Workbook"}:
                found.add(str(path.relative_to(ROOT)))
    return found


def test_every_module_that_writes_for_spreadsheets_makes_its_cells_safe() -> None:
    assert writers() >= FIXED
    assert "lots/simulations/exports.py" in writers()
    assert [name for name in sorted(writers() - FIXED) if "safe_" not in (ROOT / name).read_text("utf-8")] == []
