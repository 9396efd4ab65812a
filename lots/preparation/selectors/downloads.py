"""The files that are offered of a draw: those that are stored, programs included, and the announcement."""

from dataclasses import dataclass

from django.conf import settings

from lots.algorithm.canonical import json_bytes
from lots.draws import file_of, files_of
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.files import PROGRAMS
from lots.preparation.selectors.inputs import input_of

ANNOUNCEMENT = "announcement.json"
PROTOCOL = "protocol-"
_ORDER = ("input.csv", ANNOUNCEMENT, "draw.json", "result.json", "certificate.json", *PROGRAMS)
_BEFORE_THE_RUN = frozenset({"input.csv", *PROGRAMS})


@dataclass(frozen=True, slots=True)
class Download:
    """A file by its name. ``sha256`` is that of its bytes; that of the announcement is the commitment of the draw."""

    name: str
    sha256: str

    @property
    def is_protocol(self) -> bool:
        return self.name.startswith(PROTOCOL)


def downloads_of(draw: Draw, *, with_result: bool) -> list[Download]:
    """The files of a draw that somebody may have; those of the result only ``with_result``."""
    known = {ANNOUNCEMENT: draw.commitment_sha256} | {
        each.name: each.sha256 for each in files_of(draw) if with_result or each.name in _BEFORE_THE_RUN
    }
    protocols = [protocol_name(draw, language) for language, _name in settings.LANGUAGES]
    return [Download(name, known[name]) for name in (*_ORDER, *protocols) if name in known]


def protocol_name(draw: Draw, language: str) -> str:
    """The name of the public protocol; one of its own once the draw is voided."""
    voided = "voided-" if draw.status == DrawStatus.VOIDED else ""
    return f"{PROTOCOL}{voided}{language}.pdf"


def content_of(draw: Draw, name: str, *, with_result: bool) -> bytes | None:
    """A file of ``downloads_of`` byte for byte; None where there is none of this name (yet)."""
    if name == ANNOUNCEMENT:
        return _announcement(draw)
    return file_of(draw, name) if with_result or name in _BEFORE_THE_RUN else None


def _announcement(draw: Draw) -> bytes:
    """``draw.json`` without the seed, whose SHA-256 was published before the seed was known."""
    return json_bytes(input_of(draw).announcement)
