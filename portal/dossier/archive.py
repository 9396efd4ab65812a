"""The archive of a dossier: written file by file, none of them whole in the memory, and its manifest last."""

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, Self

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.hashes import content_hash
from core.verifier import verify_record
from portal.dossier.enums import PieceKind
from portal.dossier.pieces import StoredFile

FORMAT, FORMAT_VERSION = "record-of-review", 1
MANIFEST, PROGRAM, PRINT = "manifest.json", "verify_record.py", "record.pdf"
_READABLE = 0o600 << 16  # by whoever unpacks it alone


def canonical(content: Mapping[str, Any]) -> bytes:
    """In the form that is hashed (``core.hashes``): of a frozen document the very bytes that were."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class Archive:
    """``made_at`` is the time of all files in it, so that nothing tells when something was handed in."""

    def __init__(self, out: IO[bytes], made_at: dt.datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._made_at = made_at
        self.files: list[dict[str, Any]] = []

    def add(self, path: str, content: bytes, *, title: str, kind: PieceKind, frozen: str = "") -> None:
        self._zip.writestr(self._place(path), content, zipfile.ZIP_DEFLATED)
        self._list(path, title, kind, len(content), content_hash(content), frozen)

    def add_stored(self, file: StoredFile) -> None:
        """Packed as it is, since such files are packed in themselves.

        What was made anew meanwhile is left out. Raises ServiceError where another one is not there.
        """
        value, size, place = hashlib.sha256(), 0, self._place(file.path)
        place.compress_type = zipfile.ZIP_STORED
        try:
            with file.stored.open("rb") as stored, self._zip.open(place, "w", force_zip64=True) as packed:
                for piece in stored.chunks():
                    value.update(piece)
                    size += packed.write(piece)
        except FileNotFoundError as error:
            if file.kind == PieceKind.PUBLISHED and file.is_overtaken:
                return
            words = _("A file of the record is not in the store any more: %(title)s. Please tell the secretariat.")
            raise ServiceError(words % {"title": file.title}) from error
        self._list(file.path, file.title, file.kind, size, value.hexdigest(), file.sha256)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def add_manifest(self, facts: Mapping[str, Any]) -> str:
        """The last file of all; give its hash."""
        manifest = {"format": FORMAT, "format_version": FORMAT_VERSION, **facts, "files": self.files}
        content = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
        self._zip.writestr(self._place(MANIFEST), content, zipfile.ZIP_DEFLATED)
        return content_hash(content)

    def _place(self, path: str) -> zipfile.ZipInfo:
        place = zipfile.ZipInfo(path, self._made_at.timetuple()[:6])
        place.external_attr = _READABLE
        return place

    def _list(self, path: str, title: str, kind: PieceKind, size: int, sha256: str, frozen: str) -> None:
        named = {"path": path, "title": title, "kind": str(kind)}
        self.files.append({**named, "size": size, "sha256": sha256, "frozen_sha256": frozen})


def add_program(archive: Archive) -> None:
    content = Path(verify_record.__file__).read_bytes()
    archive.add(PROGRAM, content, title=str(PieceKind.PROGRAM.label), kind=PieceKind.PROGRAM)


def add_stored_files(archive: Archive, files: Iterable[StoredFile]) -> None:
    """Each once, wherever it belongs."""
    for file in {file.path: file for file in files}.values():
        archive.add_stored(file)
