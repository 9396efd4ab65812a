"""Files that people send, honest and hostile, made byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
import openpyxl
from PIL import Image
from pypdf import PdfWriter

from core.files.uploads import ACCEPTED

CONTENT_TYPES = "[Content_Types].xml"
HTML = b"<html><script>alert(1)</script></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Entries = Mapping[str, str | bytes]


def container(entries: Entries, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def types(*content_types: str) -> str:
    parts = "".join(
        f'<Override PartName="/p{number}" ContentType="{each}"/>' for number, each in enumerate(content_types)
    )
    return f"<Types>{parts}</Types>"


def office(
    ending: str = ".docx", *, main: str = "", more: Entries | None = None, packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """What Word or Excel writes, as far as it tells the kind."""
    main = main or f"{ACCEPTED[ending]}.main+xml"
    return container({CONTENT_TYPES: types(main), "word/document.xml": "<w/>", **(more or {})}, packing)


def open_document(kind: str = ACCEPTED[".odt"], more: Entries | None = None) -> bytes:
    return container({"mimetype": kind, "content.xml": "<o/>", **(more or {})}, zipfile.ZIP_STORED)


def relation(target: str, kind: str = "hyperlink", mode: str = ' TargetMode="External"') -> Entries:
    """A relationship of a Word document to something else."""
    place = "http://schemas.openxmlformats.org"
    return {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{place}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{place}/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'
        "</Relationships>"
    }


def word_by_library() -> bytes:
    document = docx.Document()
    document.add_heading("Law of 2021", 1)
    document.add_picture(io.BytesIO(png()))
    document.save(buffer := io.BytesIO())
    return buffer.getvalue()


def excel_by_library() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["name", "e-mail"])
    book.save(buffer := io.BytesIO())
    return buffer.getvalue()


def patched(content: bytes, at: bytes, offset: int, layout: str, value: int, *, last: bool = False) -> bytes:
    """The same bytes with one number of a record changed; ``at`` is the mark the record begins with."""
    changed = bytearray(content)
    place = content.rfind(at) if last else content.find(at)
    struct.pack_into(layout, changed, place + offset, value)
    return bytes(changed)


def lying_container() -> bytes:
    """An entry that says it holds ten bytes and holds ten million."""
    content = office(more={"word/media/a.bin": b"\x00" * 10_000_000})
    return patched(content, b"PK\x01\x02", 24, "<L", 10, last=True)


def boasting_container() -> bytes:
    """Entries that say they hold four gigabytes."""
    content = office(more={"word/media/a.bin": b"\x00" * 1000})
    return patched(content, b"PK\x01\x02", 24, "<L", 0xFFFFFFF0, last=True)


def overlapping_container() -> bytes:
    """Two entries of the list that are the same bytes (the way of the bomb of 2019 by D. Fifield)."""
    content = office(more={"word/media/a.bin": b"\x00" * 5000, "word/media/b.bin": b"\x00" * 5000})
    first = content.find(b"PK\x03\x04", content.find(b"word/media/a.bin") - 40)
    return patched(content, b"PK\x01\x02", 42, "<L", first, last=True)


def crowded_container(number: int = 2_001) -> bytes:
    return office(more={f"word/media/{place}.xml": b"" for place in range(number)}, packing=zipfile.ZIP_STORED)


def twice_named_container() -> bytes:
    buffer = io.BytesIO(office())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("WORD/Document.xml", "<other/>")
    return buffer.getvalue()


def png(width: int = 3, height: int = 2, *, text: bytes = b"") -> bytes:
    Image.new("RGB", (width, height), "white").save(buffer := io.BytesIO(), "PNG")
    content = buffer.getvalue()
    return content[:-12] + (chunk(b"tEXt", text) if text else b"") + content[-12:]


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def huge_png() -> bytes:
    """A few bytes that become ten thousand million dots."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def jpeg(*, comment: bytes = b"", progressive: bool = False) -> bytes:
    Image.effect_noise((64, 64), 90).save(buffer := io.BytesIO(), "JPEG", comment=comment, progressive=progressive)
    return buffer.getvalue()


def huge_jpeg() -> bytes:
    content = jpeg()
    place = content.find(b"\xff\xc0")
    return content[: place + 5] + struct.pack(">HH", 65_000, 65_000) + content[place + 9 :]


def pdf(*objects: bytes, head: bytes = b"%PDF-1.7\n", tail: bytes = b"trailer\n<</Root 1 0 R>>\n%%EOF\n") -> bytes:
    numbered = [b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects or (b"<<>>",), 1)]
    return head + b"".join(numbered) + tail


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Filter/FlateDecode/Length %d%s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


def object_stream(content: bytes, more: bytes = b"") -> bytes:
    pairs = b"11 0 "
    return stream(pairs + content, b"/Type/ObjStm/N 1/First %d%s" % (len(pairs), more))


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(buffer := io.BytesIO())
    return buffer.getvalue()


def pdf_by_library(*, attachment: bool = False) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    if attachment:
        writer.add_attachment("law.exe", b"MZ")
    writer.write(buffer := io.BytesIO())
    return buffer.getvalue()
