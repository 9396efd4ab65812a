"""The stand-alone verifier of a record: it needs nothing of ours, and finds every kind of forgery."""

import ast
import copy
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from core.verifier import verify_record
from tests.core.audit import records
from tests.core.audit.records import CHAIN, FORGERIES, OTHER_CHAIN, Record, beginning, record, write

PROGRAM = Path(verify_record.__file__)
shown_entries = st.lists(st.booleans(), min_size=2, max_size=8)


def verify(written: Any, *options: str, older: Any = None) -> tuple[int, list[str]]:
    """Exit status and lines."""
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arguments = [str(write(folder, written)), *options]
        if older is not None:
            arguments += ["--older", str(write(folder, older, "older.json"))]
        status = verify_record.main(arguments, lines.append)
        return status, [line.replace(f"{folder}/", "") for line in lines]


def head_words(whole: Record, number: int) -> str:
    """A head as a person types it from paper."""
    value = whole["entries"][number - 1]["hash"]
    return f"{number} " + " ".join(value[place : place + 8] for place in range(0, 64, 8)).upper()


def test_the_program_is_short_and_needs_the_standard_library_only() -> None:
    source = PROGRAM.read_text("utf-8")
    assert len(source.splitlines()) <= 400
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
    }
    # Signatures are looked at where it is installed, and nothing else waits for it.
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


@given(shown_entries, st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
def test_a_sound_record_holds_whatever_of_it_is_shown(shown: list[bool], words: str) -> None:
    whole = record(shown, words=words)
    assert verify(whole, "--head", head_words(whole, len(shown))) == (
        0,
        [
            f"holds: {CHAIN}: {len(shown)} entries, {sum(shown)} of them to be read by XAA; every hash fits",
            f"holds: head: {len(shown)} {whole['head']['hash']}",
            f"holds: the chain had the head {len(shown)} that you gave",
        ],
    )


def test_an_empty_record_holds() -> None:
    assert verify(record([]))[0] == 0


@given(shown_entries, st.data())
def test_a_forgery_names_the_first_place_that_does_not_hold(shown: list[bool], data: Any) -> None:
    whole = record(shown)
    place = data.draw(st.integers(0, len(shown) - 1))
    name = data.draw(st.sampled_from(sorted(FORGERIES)))
    forged = copy.deepcopy(whole)
    FORGERIES[name](forged, place)
    status, lines = verify(forged)
    assert (status, len(lines)) == (1, 1)
    first = max(place - 1, 0) if name == "reordered" else place
    if place == 0 and name in {"hidden", "put in between"}:
        first = 1  # another first entry is as good as this one; what followed this one is not
    is_last_removed = name == "removed" and place == len(shown) - 1
    assert (f"the head of {CHAIN}" if is_last_removed else f"entry {first + 1} of {CHAIN}") in lines[0]


@given(shown_entries, st.data())
def test_a_forgery_whose_numbers_were_mended_shows_too(shown: list[bool], data: Any) -> None:
    forged = record(shown)
    FORGERIES[data.draw(st.sampled_from(sorted(FORGERIES)))](forged, data.draw(st.integers(0, len(shown) - 1)))
    records.renumber(forged)
    assert verify(forged)[0] == 1


@given(shown_entries, st.data())
def test_a_forgery_that_was_worked_out_anew_shows_by_a_head_and_by_an_older_record(
    shown: list[bool], data: Any
) -> None:
    whole = record(shown)
    forged = copy.deepcopy(whole)
    place = data.draw(st.integers(0, len(shown) - 1))
    FORGERIES[data.draw(st.sampled_from(["removed", "put in between", "reordered", "hidden"]))](forged, place)
    records.mend(forged)
    assert verify(forged)[0] == 0  # the chain alone cannot show it
    assert verify(forged, "--head", head_words(whole, len(shown)))[0] == 1
    assert verify(forged, older=whole)[0] == 1


@given(shown_entries, st.data())
def test_every_changed_value_shows(shown: list[bool], data: Any) -> None:
    forged = record([True, *shown])
    paths = [path for path in records.leaves(forged) if path != ("reader",)]
    path = data.draw(st.sampled_from(paths))
    records.alter(forged, path)
    assert verify(forged)[0] == 1, path


@pytest.mark.parametrize("field", ["nonce", "address_hash"])
def test_a_replaced_nonce_shows(field: str) -> None:
    forged = record([True, True])
    forged["entries"][0]["content"][field] = "0" * 64
    status, lines = verify(forged)
    assert (status, lines) == (1, [f"DOES NOT HOLD: entry 1 of {CHAIN} was altered: its words do not fit its hash"])


def test_a_nonce_too_short_to_hide_anything_is_refused() -> None:
    forged = record([True])
    forged["entries"][0]["content"]["nonce"] = "1"
    records.mend(forged)
    assert verify(forged) == (1, [f"DOES NOT HOLD: entry 1 of {CHAIN} has no random number"])


def test_another_address_shows() -> None:
    forged = record([True])
    forged["entries"][0]["origin"]["address"] = "192.0.2.2"
    assert verify(forged) == (1, [f"DOES NOT HOLD: entry 1 of {CHAIN}: the address was altered"])


@given(shown_entries)
def test_entries_of_another_chain_do_not_pass_for_this_one(shown: list[bool]) -> None:
    forged = {**record(shown, chain=OTHER_CHAIN), "chain": CHAIN}
    status, lines = verify(forged)
    assert (status, f"entry 1 of {CHAIN} does not follow" in lines[0]) == (1, True)
    assert verify(record(shown), older=record(shown, chain=OTHER_CHAIN))[0] == 1


@given(shown_entries, st.data())
def test_an_older_record_is_the_beginning_of_a_newer_one(shown: list[bool], data: Any) -> None:
    whole = record(shown)
    length = data.draw(st.integers(0, len(shown)))
    assert verify(whole, older=beginning(whole, length))[0] == 0
    if length < len(shown):
        status, lines = verify(beginning(whole, length), older=whole)
        assert (status, lines[-1]) == (
            1,
            f"DOES NOT HOLD: entry {length + 1} of {CHAIN} is in the older record, and gone from this one",
        )


def test_a_head_that_the_chain_never_had_is_named() -> None:
    whole = record([True, False, True])
    wrong = f"2 {whole['entries'][2]['hash']}"
    assert verify(whole, "--head", wrong)[1][-1] == (
        f"DOES NOT HOLD: entry 2 of {CHAIN} has another hash than the head you gave"
    )
    assert verify(beginning(whole, 2), "--head", head_words(whole, 3))[1][-1] == (
        f"DOES NOT HOLD: {CHAIN} has no entry 3: it ends with entry 2"
    )


WHOLE = record([True, False])
MALFORMED: dict[str, Callable[[], Any]] = {
    "no JSON": lambda: "{",
    "no object": lambda: [1],
    "a key too many": lambda: {**WHOLE, "more": 1},
    "a key twice": lambda: json.dumps(WHOLE).replace('{"format":', '{"chain": "untoc", "format":', 1),
    "no number of JSON": lambda: json.dumps(WHOLE).replace('"before": null', '"before": NaN', 1),
    "half a letter": lambda: json.dumps(WHOLE).replace("Nadia", "\\ud800", 1),
    "very deep": lambda: "[" * 100_000,
    "very long number": lambda: json.dumps(WHOLE).replace('"sequence": 1', '"sequence": ' + "9" * 5000, 1),
    "another format": lambda: {**WHOLE, "format_version": 2},
    "a chain over two lines": lambda: {**WHOLE, "chain": "untoc\n1"},
    "no list": lambda: {**WHOLE, "entries": {}},
    "no entry": lambda: {**WHOLE, "entries": [7]},
    "an entry with more": lambda: {**WHOLE, "entries": [{**WHOLE["entries"][0], "more": 1}]},
    "a true number": lambda: {**WHOLE, "entries": [{**WHOLE["entries"][0], "sequence": True}]},
    "no head": lambda: {**WHOLE, "head": None},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_record_is_refused_in_words(name: str) -> None:
    status, lines = verify(MALFORMED[name]())
    assert (status, len(lines), lines[0].startswith("DOES NOT HOLD: ")) == (1, 1, True)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", "-S", str(PROGRAM), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@settings(max_examples=1)
@given(st.just([True, False, True]))
def test_it_runs_in_a_bare_interpreter(shown: list[bool]) -> None:
    with tempfile.TemporaryDirectory() as name:
        whole = record(shown)
        sound = write(Path(name), whole)
        forged = write(Path(name), {**whole, "head": {"sequence": 2, "hash": "0" * 64}}, "forged.json")
        done = run(str(sound), "--head", head_words(whole, 2), "--older", str(sound))
        assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 4)
        assert [run(str(forged)).returncode, run(str(Path(name) / "none.json")).returncode] == [1, 1]
        for wrong in ([], ["--head"], [str(sound), "--head", "7"], [str(sound), "--head", "x" * 65], ["-x"]):
            assert run(*wrong).returncode == 2
