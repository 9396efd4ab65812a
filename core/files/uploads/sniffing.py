"""What a browser, or another program that guesses, would take a file for."""

import re

# Browsers look at so many bytes to guess a type (https://mimesniff.spec.whatwg.org/#reading-the-resource-header: 1445).
_LOOKED_AT = 2048
_PAGE = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|object|embed|form|meta\s|img\s|a\s+href|\?php)", re.I
)
# The beginnings of what may lie inside another file: archives, programs, documents.
_FILES = (
    b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe",
    b"%PDF-", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"#!", b"{\\rtf",
    b"CWS", b"FWS", b"ITSF", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def looks_like_page(content: bytes) -> bool:
    """Whether a guess would see HTML or SVG at the beginning."""
    return _PAGE.search(content[:_LOOKED_AT]) is not None


def has_page(content: bytes) -> bool:
    """Whether there is HTML or SVG anywhere in it; for what stands where nothing should stand."""
    return _PAGE.search(content) is not None


def is_file(beginning: bytes) -> bool:
    """Whether what lies in a container is itself an archive, a program or a document."""
    return beginning.startswith(_FILES)
