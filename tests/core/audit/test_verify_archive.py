"""The stand-alone verifier of a whole record: what was tampered with is told in words, and harms nobody."""

import json
import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from core.verifier import verify_record
from tests.core.audit.records import CHAIN, record

pytestmark = pytest.mark.unit
Files = dict[str, bytes]
ACTS, LETTER = "acts.json", "feedback/XAA.json"


def files_of(**more: Any) -> Files:
    """A sound archive: a frozen letter that an act names, a file, and the record of acts."""
    letter = b'{"text":"Sound."}'
    acts = record([True, False, True], words=sha256(letter).hexdigest())
    files = {LETTER: letter, "files/scan.pdf": b"%PDF-1.7", ACTS: json.dumps(acts).encode()}
    return with_manifest(files, acts, **more)


def with_manifest(files: Files, acts: Any, **more: Any) -> Files:
    listed = [
        {"path": name, "title": name, "kind": "file", "size": len(content), "sha256": sha256(content).hexdigest()}
        | {"frozen_sha256": sha256(content).hexdigest() if name == LETTER else ""}
        for name, content in files.items()
    ]
    mechanism, _slash, review = CHAIN.partition("/")
    facts = {"format": "record-of-review", "format_version": 1, "mechanism": mechanism, "review": review}
    facts |= {"reader": "XAA", "fetched_by": "A Person", "made_at": "2026-11-30T12:00:00+00:00", "language": "en"}
    facts |= {"head": acts["head"], "record": ACTS, "files": listed} | more
    return {**files, "manifest.json": json.dumps(facts).encode()}


def verify(path: Path, *options: str) -> tuple[int, list[str]]:
    lines: list[str] = []
    status = verify_record.main([str(path), *options], lines.append)
    return status, [line.replace(str(path), "RECORD.zip") for line in lines]


def packed(folder: Path, files: Files, **how: Any) -> Path:
    path = folder / "record.zip"
    with zipfile.ZipFile(path, "w", **how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_sound_archive_holds(tmp_path: Path) -> None:
    status, lines = verify(packed(tmp_path, files_of(), compression=zipfile.ZIP_DEFLATED))
    assert (status, lines[:3]) == (
        0,
        [
            f"holds: 3 files of {CHAIN} for XAA: all are there, none was put in, every hash fits",
            "holds: 1 hashes were frozen before; acts that XAA may read name 1 of them",
            f"holds: {CHAIN}: 3 entries, 2 of them to be read by XAA; every hash fits",
        ],
    )


def changed(name: str, content: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, name: content}


def listed_anew(name: str, content: bytes) -> Callable[[Files], Files]:
    """Whoever changes a file and mends its hash in the manifest."""

    def change(files: Files) -> Files:
        manifest = json.loads(files["manifest.json"])
        for row in manifest["files"]:
            if row["path"] == name:
                row |= {"size": len(content), "sha256": sha256(content).hexdigest()}
        return {**files, name: content, "manifest.json": json.dumps(manifest).encode()}

    return change


def manifest_with(**more: Any) -> Callable[[Files], Files]:
    return lambda files: {
        **files,
        "manifest.json": json.dumps({**json.loads(files["manifest.json"]), **more}).encode(),
    }


TAMPERED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "altered": (changed(LETTER, b'{"text":"Hollow"}'), f"{LETTER} was altered: it does not fit its hash"),
    "longer": (changed(LETTER, b'{"text":"Sound.."}'), f"{LETTER} was altered: it has another size"),
    "mended": (listed_anew(LETTER, b'{"text":"Hollow"}'), f"{LETTER} is not what was frozen under its hash"),
    "missing": (
        lambda files: {name: content for name, content in files.items() if name != LETTER},
        f"the manifest names what is missing: ['{LETTER}']",
    ),
    "put in": (changed("more.pdf", b""), "['more.pdf'] was put in: the manifest does not name it"),
    "no manifest": (
        lambda files: {name: content for name, content in files.items() if name != "manifest.json"},
        "RECORD.zip has no manifest.json: it is no record of a review",
    ),
    "no JSON": (changed("manifest.json", b"{"), "manifest.json is no JSON"),
    "another format": (manifest_with(format_version=2), "RECORD.zip has an unknown format"),
    "half a manifest": (manifest_with(files=None), "manifest.json is not whole"),
    "a wrong line": (manifest_with(files=[{"path": LETTER}]), "manifest.json names a file wrongly, or twice"),
    "of another reader": (
        manifest_with(reader="XBB"),
        "the record of acts is of another review, reader or moment than the manifest",
    ),
    "of another moment": (
        manifest_with(head={"sequence": 1, "hash": "0" * 64}),
        "the record of acts is of another review, reader or moment than the manifest",
    ),
    "no record of acts": (manifest_with(record="acts"), "the manifest names what is missing"),
    "out of the folder": (changed("../evil.py", b""), "'../evil.py' would be unpacked outside of its folder"),
    "from the root": (changed("/etc/evil", b""), "'/etc/evil' would be unpacked outside of its folder"),
    "a hidden file": (changed("files/.profile", b""), "'files/.profile' would be unpacked outside of its folder"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_tampered_with_is_told_in_words(tmp_path: Path, name: str) -> None:
    change, words = TAMPERED[name]
    status, lines = verify(packed(tmp_path, change(files_of())))
    assert (status, len(lines)) == (1, 1)
    assert lines[0].startswith(f"DOES NOT HOLD: {words}")


def test_an_altered_act_in_a_sound_archive_is_told(tmp_path: Path) -> None:
    acts = record([True, True])
    acts["entries"][1]["content"]["reason"] = "Another one."
    status, lines = verify(packed(tmp_path, with_manifest({ACTS: json.dumps(acts).encode()}, acts)))
    assert (status, lines[-1]) == (1, f"DOES NOT HOLD: entry 2 of {CHAIN} was altered: its words do not fit its hash")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    path = packed(tmp_path, files_of())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(LETTER, b'{"text":"Other."}')
    assert verify(path) == (1, ["DOES NOT HOLD: two files in RECORD.zip have one name"])


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_record, "LARGEST_ARCHIVE", 10_000_000)
    files = changed("files/zeros.bin", bytes(20_000_000))(files_of())
    path = packed(tmp_path, files, compression=zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 100_000
    assert verify(path) == (1, ["DOES NOT HOLD: RECORD.zip would unpack to far too much"])


def test_a_file_that_unpacks_to_more_than_it_says_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path, files_of(), compression=zipfile.ZIP_DEFLATED)
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")  # the first line of the directory: its size is at 24
    content[place + 24 : place + 28] = struct.pack("<I", 3)
    path.write_bytes(content)
    status, lines = verify(path)
    assert (status, lines[0]) == (1, f"DOES NOT HOLD: {LETTER} was altered: it has another size")


@pytest.mark.parametrize("cut", [30, 200, 700])
def test_a_damaged_archive_is_told_without_a_traceback(tmp_path: Path, cut: int) -> None:
    path = packed(tmp_path, files_of())
    content = bytearray(path.read_bytes())
    content[cut : cut + 20] = b"\xff" * 20
    path.write_bytes(content)
    status, lines = verify(path)
    assert (status, len(lines)) == (1, 1)


def test_an_archive_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path, files_of())
    path.write_bytes(path.read_bytes()[:-40])
    assert verify(path)[0] == 1


def test_heads_are_looked_for_in_the_archive_too(tmp_path: Path) -> None:
    acts = record([True, True])
    path = packed(tmp_path, with_manifest({ACTS: json.dumps(acts).encode()}, acts))
    assert verify(path, "--head", f"2 {acts['head']['hash']}")[0] == 0
    assert verify(path, "--head", f"1 {acts['head']['hash']}")[0] == 1


def test_what_is_packed_in_a_strange_way_is_told(tmp_path: Path) -> None:
    status, lines = verify(packed(tmp_path, files_of(), compression=zipfile.ZIP_LZMA))
    assert (status, lines) == (
        1,
        [f"DOES NOT HOLD: {LETTER} is packed in a way that this program does not read"],
    )
