"""PNG and JPEG: whole from the first byte to the last, of a bearable size, and nothing else in them."""

import io
import struct
import warnings

from PIL import Image

from core.files.uploads.kinds import UploadError, damaged, not_what_it_says, too_many_dots, two_kinds_at_once
from core.files.uploads.sniffing import has_page

MOST_DOTS = 100_000_000  # an A3 page at 600 dots an inch has 70 million
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_PADDING = b"\x00 \r\n\t"


def check_png(content: bytes) -> None:
    """Raises UploadError."""
    if not content.startswith(_PNG):
        raise not_what_it_says()
    end = _end_of_png(content)
    if content[end:].strip(_PADDING):
        raise two_kinds_at_once()
    _open(content, "PNG")


def check_jpeg(content: bytes) -> None:
    """Raises UploadError. Telephones append further pictures (JPEG again) to the first; those are looked at too."""
    if not content.startswith(_JPEG):
        raise not_what_it_says()
    end = 0
    while content.startswith(_JPEG, end):
        end = _end_of_jpeg(content, end)
        end += len(content[end:]) - len(content[end:].lstrip(_PADDING))
    if end < len(content):
        raise two_kinds_at_once()
    _open(content, "JPEG")


def _end_of_png(content: bytes) -> int:
    """Behind the last chunk. Each is: length, name, so many bytes, checksum (ISO/IEC 15948, 5.3)."""
    place = len(_PNG)
    while place + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        if name in {b"tEXt", b"iTXt"} and has_page(content[place + 8 : place + 8 + length]):
            raise two_kinds_at_once()
        place += 12 + length
        if name == b"IEND" and place <= len(content):
            return place
    raise damaged()


def _end_of_jpeg(content: bytes, start: int) -> int:
    """Behind the mark of the end (ITU-T T.81, annex B). A segment says its length; a scan ends at the next mark."""
    place = start + 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise damaged()
        mark = content[place + 1]
        if mark == _END:
            return place + 2
        if mark == 0xFF or mark == 0x01 or 0xD0 <= mark <= _START:
            place += 1 if mark == 0xFF else 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4])
        if mark == 0xFE and has_page(content[place + 4 : place + 2 + length]):
            raise two_kinds_at_once()
        place += 2 + length
        if mark == _SCAN:
            place = _end_of_scan(content, place)
    if content[place : place + 2] == bytes([0xFF, _END]):
        return place + 2
    raise damaged()


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next mark stands; 0xFF00 is a byte of the picture, and restarts belong to it."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        following = content[place + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return place
        place += 2
    raise damaged()


def _open(content: bytes, kind: str) -> None:
    """The library reads the head and the checksums; no dot is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as picture:
                width, height = picture.size
                if width * height > MOST_DOTS:
                    raise too_many_dots()
                picture.verify()
    except Image.DecompressionBombError as error:
        raise too_many_dots() from error
    except UploadError:
        raise
    except Exception as error:  # a library of many formats fails in many ways, and then it is no picture
        raise damaged() from error
