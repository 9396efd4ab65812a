"""The stand-alone verifier leads a State from its chain to a root, and finds whatever was cut, changed or exchanged."""

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from core.audit.roots.keys import fingerprint_of, public_key_of
from core.audit.roots.statements import file_name_of, file_of
from core.audit.roots.tree import Leaf
from tests.core.audit import records
from tests.core.audit.records import CHAIN, OTHER_CHAIN, beginning, record, write
from tests.core.audit.roots import KEY, head_of, root_over, with_root
from tests.core.audit.test_verify_record import PROGRAM, verify

pytestmark = pytest.mark.unit

FINGERPRINT = fingerprint_of(public_key_of(KEY))
OTHERS = [Leaf("portal", 9, "c" * 64), Leaf(OTHER_CHAIN, 2, "d" * 64)]
shown_entries = st.lists(st.booleans(), min_size=2, max_size=8)


def root_of(written: Any) -> str:
    return str(written["roots"][0]["root"])


@given(shown_entries, st.data())
def test_a_record_holds_before_a_root_over_what_it_was_then_or_is_now(shown: list[bool], data: Any) -> None:
    whole = record(shown)
    then = beginning(whole, data.draw(st.integers(0, len(shown))))
    written = with_root(whole, over=then, others=OTHERS)
    status, lines = verify(written, "--root", root_of(written), "--key", FINGERPRINT)
    assert (status, lines[2:]) == (
        0,
        [
            f"holds: at root 1 of 2026-11-26 {CHAIN} had {then['head']['sequence']} entries, which are all there; "
            f"signed with the key {FINGERPRINT}",
            "holds: the root that you gave is 1 of 2026-11-26",
        ],
    )


@given(shown_entries, st.data())
def test_a_record_whose_end_was_cut_does_not_hold_before_the_root(shown: list[bool], data: Any) -> None:
    whole = record(shown)
    cut = beginning(whole, data.draw(st.integers(0, len(shown) - 1)))
    assert verify(cut)[0] == 0, "the chain alone cannot show it"
    status, lines = verify(with_root(cut, over=whole, others=OTHERS))
    assert (status, lines[-1]) == (
        1,
        f"DOES NOT HOLD: {CHAIN} ends with entry {len(cut['entries'])}: at root 1 of 2026-11-26 it had {len(shown)}",
    )


@given(shown_entries)
def test_other_entries_in_the_place_of_those_that_were_cut_show(shown: list[bool]) -> None:
    whole, other = record(shown), record(shown, seed=1)
    status, lines = verify(with_root(other, over=whole))
    assert (status, "is not the one that was there at root 1" in lines[-1]) == (1, True)


@given(shown_entries, st.data())
def test_every_changed_value_of_a_root_and_its_path_shows(shown: list[bool], data: Any) -> None:
    forged = with_root(record(shown), others=OTHERS)
    root = {"roots": forged["roots"]}
    path = data.draw(st.sampled_from(list(records.leaves(root))))
    records.alter(root, path)
    assert verify(forged)[0] == 1, path


@given(shown_entries)
def test_a_forger_who_works_all_out_anew_lacks_the_key_and_the_root_that_was_kept(shown: list[bool]) -> None:
    whole = record(shown)
    kept = root_of(with_root(whole, others=OTHERS))
    cut = beginning(whole, 1)
    own_key = with_root(cut, others=OTHERS, key=Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
    bare = with_root(cut, others=OTHERS, key=None)
    assert [verify(forged)[0] for forged in (own_key, bare)] == [0, 0]
    for forged in (own_key, bare):
        assert verify(forged, "--root", kept) == (
            1,
            [*verify(forged)[1], f"DOES NOT HOLD: the file does not lead to the root {kept}: download it with the "
             "number of that root"],
        )  # fmt: skip
        assert "is not signed with the key that you gave" in verify(forged, "--key", FINGERPRINT)[1][-1]


def test_the_signature_of_another_statement_does_not_pass() -> None:
    forged = with_root(record([True, True]))
    forged["roots"][0]["signature"] = with_root(record([True]))["roots"][0]["signature"]
    assert verify(forged)[1][-1] == "DOES NOT HOLD: root 1 of 2026-11-26 is not signed with its key"


def test_a_root_that_nobody_signed_is_said_to_be_so() -> None:
    status, lines = verify(with_root(record([True]), key=None))
    assert (status, lines[-1].endswith("; not signed")) == (0, True)


def test_a_file_of_before_there_were_roots_still_holds_and_can_be_the_older_one() -> None:
    whole = record([True, False, True])
    assert verify(whole)[0] == 0
    assert verify(with_root(whole), older=beginning(whole, 2))[0] == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda root: root.update(more=1),
        lambda root: root["proof"].update(sequence=-1),
        lambda root: root["proof"].update(path=root["proof"]["path"][:-1]),
        lambda root: root["proof"].update(path=["x" * 64] * 48),
        lambda root: root.update(proof=None),
        lambda root: root.update(statement=[]),
        lambda root: root.update(signature=7),
        lambda root: root["statement"].update(day=7),
    ],
)
def test_what_is_no_root_is_refused_in_words(spoil: Any) -> None:
    forged = with_root(record([True]))
    spoil(forged["roots"][0])
    status, lines = verify(forged)
    assert (status, lines[-1].startswith("DOES NOT HOLD: ")) == (1, True)


def test_a_folder_of_roots_shows_when_one_of_them_was_cut(tmp_path: Path) -> None:
    written = record([True, True, True])
    roots = [root_over([head_of(beginning(written, 1)), *OTHERS])]
    for length in (2, 3):
        roots.append(root_over([head_of(beginning(written, length)), *OTHERS], before=roots[-1]))
    for root in roots:
        (tmp_path / file_name_of(root)).write_bytes(file_of(root))
    held = with_root(written, others=OTHERS, before=roots[1])
    first = tmp_path / file_name_of(roots[0])
    assert verify(held, "--roots", str(tmp_path), "--key", FINGERPRINT)[0] == 0
    assert verify(held, "--root", str(tmp_path / file_name_of(roots[2])))[0] == 0
    kept = (tmp_path / file_name_of(roots[1])).read_bytes()
    (tmp_path / file_name_of(roots[1])).unlink()
    assert "does not follow root 1" in verify(held, "--roots", str(tmp_path))[1][-1]
    (tmp_path / file_name_of(roots[1])).write_bytes(kept)
    (tmp_path / file_name_of(roots[2])).unlink()
    assert "leads to a root" in verify(held, "--roots", str(tmp_path))[1][-1]
    first.write_bytes(file_of(root_over([], key=None)))
    assert verify(held, "--roots", str(tmp_path))[0] == 1


def test_without_the_package_it_says_that_it_has_not_looked_at_the_signature(tmp_path: Path) -> None:
    whole = with_root(record([True, False]), others=OTHERS)
    path = write(tmp_path, whole)

    def run(*more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-I", "-S", str(PROGRAM), str(path), *more]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run("--root", root_of(whole))
    assert (done.returncode, done.stderr) == (0, "")
    assert "its signature was NOT checked: the package cryptography is not installed" in done.stdout
    done = run("--key", FINGERPRINT)
    assert (done.returncode, "signatures cannot be checked here" in done.stdout) == (1, True)
    assert run("--root", "no such root").returncode == 2
    forged = copy.deepcopy(whole)
    forged["roots"][0]["statement"]["tree"] = "0" * 64
    write(tmp_path, forged)
    assert run().returncode == 1
