"""PDF: whole from the first byte to the last, open to all, and without anything that acts.

Bytes alone are looked at. The names of what acts stand in the clear or in object streams, which are unpacked; a name
may be written with codes (``/J#61vaScript``), which are read. What a viewer's parser might see beyond that is left to
the viewer (docs/threat-model.md, accepted risks).
"""

import re
import zlib
from collections.abc import Iterator

from core.files.uploads.kinds import (
    acts,
    damaged,
    holds_files,
    locked,
    not_what_it_says,
    two_kinds_at_once,
    unpacks_too_large,
)
from core.files.uploads.opening import check_opening
from core.files.uploads.pdf_words import Reader, decoded

MOST_UNPACKED = 64 * 1024 * 1024  # bytes of object streams, which hold no pictures
_STEP = 64 * 1024
_HEAD, _END = re.compile(rb"%PDF-[12]\.\d[\s%]"), b"%%EOF"
_CODE = re.compile(rb"#([0-9a-fA-F]{2})")
_STREAM = re.compile(rb"stream(\r\n|\n|\r)")
# A name ends at white space or at a delimiter (ISO 32000-2, 7.2.3).
_ENDS = rb"(?=[\x00\t\n\f\r /<>\[\]()%{}]|$)"
# What ends an element of the XML metadata (``</Movie>``) is no name; a name may follow ``<<`` at once.
_BEFORE = rb"(?<![^<]<)"
_LOCKED = re.compile(rb"/Encrypt(?=\s*(\d+\s+\d+\s+R|<<))")
_ACTIVE = re.compile(
    _BEFORE + rb"/(JavaScript|Launch|SubmitForm|ImportData|RichMedia|RichMediaExecute|GoToE|GoToR|Movie|Rendition"
    rb"|GoTo3DView)"
    + _ENDS
    + rb"|/XFA(?=\s*(\d+\s+\d+\s+R|\[|<))"
    # What a page or a field does by itself when it is opened, entered, left (12.6.3); a reader needs none of it.
    + rb"|/AA(?=\s*(\d+\s+\d+\s+R|<<))"
    # Content that lies elsewhere (7.11): at an address, on a share.
    + rb"|/FS\s*/URL" + _ENDS
)  # fmt: skip
_PLACE_OF_FILE = re.compile(rb"/U?F(?:[\x00\t\n\f\r ]|%[^\r\n]*[\r\n])*(?=[(<](?!<))")
_LEADS_OUT = re.compile(r"\s*(\\|//|[A-Za-z][A-Za-z0-9+.-]+:)")
# A stream whose dictionary names a file holds nothing itself.
_ELSEWHERE = re.compile(rb"/F(?=\s*(\(|<|\d+\s+\d+\s+R))")
_LONGEST_DICTIONARY = 4096  # bytes before a stream that are looked at
_FILES = re.compile(_BEFORE + rb"/(EmbeddedFiles?|FileAttachment|Collection)" + _ENDS)
# An object stream begins with pairs of numbers (7.5.7); before them a predictor may have put its mark.
_PAIRS = re.compile(rb"[\x00-\x04]?[\s\d]*\d+\s+\d+")
_MARK = re.compile(rb"[\x00-\x04]\d+ +\d+ ")
_OTHER_PACKING = re.compile(rb"/(LZWDecode|ASCIIHexDecode|ASCII85Decode|RunLengthDecode|Crypt)" + _ENDS)


def check_pdf(content: bytes) -> None:
    """Raises UploadError."""
    if not _HEAD.match(content):
        raise not_what_it_says()
    _check_end(content)
    clear = _read_codes(content)
    if _LOCKED.search(clear):
        raise locked()
    _check_names(clear)
    streams = [(first, _read_codes(objects)) for first, objects in _object_streams(content)]
    for _first, objects in streams:
        _check_names(objects)
    check_opening(clear, streams)
    if re.search(rb"/ObjStm" + _ENDS, clear) and _OTHER_PACKING.search(clear):
        raise acts()  # objects may lie where we cannot look; no program of today writes both


def _check_end(content: bytes) -> None:
    """After the last mark of the end there is nothing."""
    last = content.rfind(_END)
    if last < 0 or b"obj" not in content:
        raise damaged()
    if content[last + len(_END) :].strip(b"\x00\t\n\f\r \x1a"):
        raise two_kinds_at_once()


def _check_names(text: bytes) -> None:
    if _ACTIVE.search(text) or any(_leads_out(text, found.end()) for found in _PLACE_OF_FILE.finditer(text)):
        raise acts()
    if _FILES.search(text):
        raise holds_files()


def _read_codes(content: bytes) -> bytes:
    return _CODE.sub(lambda code: bytes([int(code[1], 16)]), content) if b"#" in content else content


def _object_streams(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Everything packed that may be an object stream, unpacked; all in all at most ``MOST_UNPACKED``.

    Before each stands where its first object begins, by its dictionary; 0 where that does not say it.
    """
    left, reader = MOST_UNPACKED, Reader(content)
    for mark in _STREAM.finditer(content):
        start = mark.end()
        dictionary = _dictionary_before(reader, mark.start())
        beginning = _unpack(content, start, 64)
        if _MARK.match(beginning):
            raise acts()  # hidden behind a predictor, which no program does to object streams
        if not _PAIRS.match(beginning):
            continue
        objects = _unpack(content, start, left + 1)
        left -= len(objects)
        if left < 0:
            raise unpacks_too_large()
        first = re.search(rb"/First\s+(\d+)" + _ENDS, dictionary)
        yield int(first[1]) if first else 0, objects


def _leads_out(text: bytes, place: int) -> bool:
    """Whether the file that is named there lies at an address or on a share."""
    return _LEADS_OUT.match(decoded(text, place)) is not None


def _dictionary_before(reader: Reader, stream: int) -> bytes:
    """What describes a stream, read as names are; empty where the word stands by itself, as within packed bytes.

    Raises UploadError where the stream lies in another file, and where no dictionary can be made out.
    """
    start = max(0, stream - _LONGEST_DICTIONARY)
    before = reader.text[start:stream]
    if not before.rstrip(b"\x00\t\n\f\r ").endswith(b">>"):
        return b""
    found = reader.dictionaries_before(stream, start)
    nearest = next(found, None)
    if nearest is None:
        raise acts()
    if _ELSEWHERE.search(_read_codes(before)):
        candidates = [nearest, *found]
        if reader.left <= 0 or any(_ELSEWHERE.search(_read_codes(each)) for each in candidates):
            raise acts()
    return _read_codes(nearest)


def _unpack(content: bytes, start: int, most: int) -> bytes:
    """At most so many bytes of what the stream holds; of a damaged one as much as a viewer would show."""
    unpacker, pieces, length = zlib.decompressobj(), [], 0
    for place in range(start, len(content), _STEP):
        try:
            pieces.append(unpacker.decompress(content[place : place + _STEP], most - length))
        except zlib.error:
            break
        length += len(pieces[-1])
        if length >= most or unpacker.eof:
            break
    return b"".join(pieces)
