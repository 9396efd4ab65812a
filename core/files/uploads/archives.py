"""Reading a ZIP container without trusting it.

The list at its end and the heads before each entry must say the same, and the entries must fill the file from the first
byte to the list, one behind the other: then it is a ZIP file and nothing besides, for every program that reads it.
"""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from core.files.uploads.kinds import damaged, locked, not_what_it_says, two_kinds_at_once, unpacks_too_large

MOST_ENTRIES = 2_000
MOST_LISTED = 1024 * 1024  # bytes of the list at the end
MOST_UNPACKED = 100 * 1024 * 1024  # bytes, all entries together
_END_LENGTH, _HEAD_LENGTH = 22, 30
_END, _HEAD = b"PK\x05\x06", b"PK\x03\x04"
_LOCKED, _DESCRIBED, _UTF8 = 0x1, 0x8, 0x800
_LONGEST_DESCRIPTION = 24  # bytes behind an entry whose sizes were not known when its head was written


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    name: str
    start: int
    packed: int
    size: int
    checksum: int
    is_packed: bool


def is_container(content: bytes) -> bool:
    """Whether a program that looks for a ZIP file from the end finds one, whatever stands before it."""
    return _END in content[-(65535 + _END_LENGTH) :] and zipfile.is_zipfile(BytesIO(content))


def entries_of(content: bytes) -> list[ArchiveEntry]:
    """The entries in the order in which they lie. Raises UploadError for what no office program writes."""
    place = _list_place(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            listed = sorted(container.infolist(), key=lambda info: info.header_offset)
    except Exception as error:  # a damaged or hostile list may fail in any way, and then there is none
        raise damaged() from error
    if len({info.filename.lower() for info in listed}) < len(listed):
        raise two_kinds_at_once()
    entries: list[ArchiveEntry] = []
    for number, info in enumerate(listed):
        following = listed[number + 1].header_offset if number + 1 < len(listed) else place
        entry = _entry(content, info)
        end = entry.start + entry.packed
        spare = following - end
        if (info.header_offset and not entries) or not 0 <= spare <= _spare(info):
            raise two_kinds_at_once()
        entries.append(entry)
    if not entries or sum(entry.size for entry in entries) > MOST_UNPACKED:
        raise unpacks_too_large() if entries else damaged()
    return entries


def _list_place(content: bytes) -> int:
    """Where the list begins. It must end the file: no remark behind it, and none of the forms for huge files."""
    if not content.startswith(_HEAD):
        raise not_what_it_says()
    end = content[-_END_LENGTH:]
    if not end.startswith(_END):
        raise two_kinds_at_once() if is_container(content) else damaged()
    disk, list_disk, here, total, length, place, remark = struct.unpack("<4x4H2LH", end)
    if disk or list_disk or here != total or remark or place + length != len(content) - _END_LENGTH:
        raise damaged()
    if total > MOST_ENTRIES or length > MOST_LISTED:
        raise unpacks_too_large()
    return int(place)


def _entry(content: bytes, info: zipfile.ZipInfo) -> ArchiveEntry:
    head = content[info.header_offset : info.header_offset + _HEAD_LENGTH]
    if len(head) < _HEAD_LENGTH or not head.startswith(_HEAD):
        raise damaged()
    flags, packing, name_length, more = struct.unpack("<6xHH16xHH", head)
    start = info.header_offset + _HEAD_LENGTH + name_length + more
    name = content[info.header_offset + _HEAD_LENGTH : start - more]
    if (flags | info.flag_bits) & _LOCKED:
        raise locked()
    try:
        told = name.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise damaged() from error
    if told != info.orig_filename or packing != info.compress_type:
        raise damaged()
    if packing not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise not_what_it_says()  # no program writes these kinds so
    return ArchiveEntry(told, start, info.compress_size, info.file_size, info.CRC, packing == zipfile.ZIP_DEFLATED)


def _spare(info: zipfile.ZipInfo) -> int:
    return _LONGEST_DESCRIPTION if info.flag_bits & _DESCRIBED else 0


def unpack(content: bytes, entry: ArchiveEntry) -> bytes:
    """What an entry holds: exactly as much as it says, with its checksum. Raises UploadError."""
    packed = content[entry.start : entry.start + entry.packed]
    if not entry.is_packed:
        unpacked, is_whole = packed, len(packed) == entry.size
    else:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            unpacked = unpacker.decompress(packed, entry.size + 1)
        except zlib.error as error:
            raise damaged() from error
        if len(unpacked) > entry.size:
            raise unpacks_too_large()
        is_whole = unpacker.eof and len(unpacked) == entry.size and not unpacker.unused_data
    if not is_whole or zlib.crc32(unpacked) != entry.checksum:
        raise damaged()
    return unpacked
