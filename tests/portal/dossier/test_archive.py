"""Files go into an archive in pieces, and it is packed so that nothing is told but what its manifest says."""

import datetime as dt
import json
import tempfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File

from portal.dossier.archive import Archive, canonical
from portal.dossier.enums import PieceKind
from portal.dossier.pieces import StoredFile

pytestmark = pytest.mark.unit
MADE_AT = dt.datetime(2026, 12, 1, 10, 30, tzinfo=dt.UTC)
MEGABYTE = 1024 * 1024


def test_a_large_file_never_lies_in_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bytes(40 * MEGABYTE))
    with tempfile.TemporaryFile() as out, path.open("rb") as content:
        stored: Any = File(content, name=str(path))
        tracemalloc.start()
        with Archive(out, MADE_AT) as archive:
            archive.add_stored(StoredFile("files/scan.pdf", "Scan", PieceKind.FILE, stored, "ab"))
            archive.add_manifest({})
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert out.tell() > 40 * MEGABYTE
    assert peak < 4 * MEGABYTE
    assert archive.files[0]["size"] == 40 * MEGABYTE


def test_all_files_have_the_time_at_which_the_archive_was_made(tmp_path: Path) -> None:
    with (tmp_path / "record.zip").open("wb") as out, Archive(out, MADE_AT) as archive:
        archive.add("one.json", canonical({"b": "é", "a": 1}), title="One", kind=PieceKind.MEETING)
        archive.add_manifest({"review": "1-XAA"})
    with zipfile.ZipFile(tmp_path / "record.zip") as archive_read:
        assert {each.date_time for each in archive_read.infolist()} == {(2026, 12, 1, 10, 30, 0)}
        assert archive_read.read("one.json") == '{"a":1,"b":"é"}'.encode()
        assert [row["path"] for row in json.loads(archive_read.read("manifest.json"))["files"]] == ["one.json"]
