"""The files that are offered of a draw: those that are stored, the announcement, and the programs that check it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lots import replay, verifier
from lots.algorithm import Switches, announcement
from lots.algorithm.canonical import json_bytes, sha256
from lots.models import Draw
from lots.selectors.draws import file_of, files_of
from lots.selectors.inputs import input_of

ANNOUNCEMENT = "announcement.json"
_ORDER = ("input.csv", ANNOUNCEMENT, "draw.json", "result.json", "certificate.json")
_BEFORE_THE_RUN = frozenset({"input.csv"})


@dataclass(frozen=True, slots=True)
class Download:
    """A file by its name. ``sha256`` is that of its bytes; that of the announcement is the commitment of the draw."""

    name: str
    sha256: str


def _verifier() -> bytes:
    """The stand-alone verifier, as it is in the repository."""
    return (Path(str(verifier.__file__)).parent / "verify.py").read_bytes()


_PROGRAMS: Mapping[str, Callable[[], bytes]] = {"verify.py": _verifier, "replay.pyz": replay.archive_bytes}


def downloads_of(draw: Draw, *, with_result: bool) -> list[Download]:
    """The files of a draw that somebody may have; those of the result only ``with_result``."""
    known = {ANNOUNCEMENT: draw.commitment_sha256} | {
        each.name: each.sha256 for each in files_of(draw) if with_result or each.name in _BEFORE_THE_RUN
    }
    files = [Download(name, known[name]) for name in _ORDER if name in known]
    return files + [Download(name, sha256(content())) for name, content in _PROGRAMS.items()]


def content_of(draw: Draw, name: str, *, with_result: bool) -> bytes | None:
    """A file of ``downloads_of`` byte for byte; None where there is none of this name (yet)."""
    if program := _PROGRAMS.get(name):
        return program()
    if name == ANNOUNCEMENT:
        return _announcement(draw)
    return file_of(draw, name) if with_result or name in _BEFORE_THE_RUN else None


def _announcement(draw: Draw) -> bytes:
    """``draw.json`` without the seed, whose SHA-256 was published before the seed was known."""
    return json_bytes(announcement(input_of(draw), Switches.from_json(draw.switches), draw.as_of.isoformat()))
