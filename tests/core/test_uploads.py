"""Which files come in: known kinds, by name and by content, not too big, and never unpacked."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ServiceError
from core.uploads import ACCEPTED, accepted_kinds, check_upload, content_type_of

pytestmark = pytest.mark.unit
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(20) + b"\xff\xd9"
CONTENT_TYPES = "[Content_Types].xml"
NOT_WHAT_IT_SAYS = "The content of this file is not what its name says."
HAS_MACROS = "This file holds macros. Save it without them, and choose it again."


def container(entries: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(ending: str, *, main: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """What Word or Excel writes, as far as it tells the kind."""
    main = main or f"{ACCEPTED[ending]}.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return container({CONTENT_TYPES: types, "word/document.xml": "<w/>", **(more or {})})


def open_document(kind: str = ACCEPTED[".odt"], more: dict[str, str | bytes] | None = None) -> bytes:
    return container({"mimetype": kind, "content.xml": "<o/>", **(more or {})}, zipfile.ZIP_STORED)


SAMPLES = {
    ".pdf": PDF,
    ".docx": office(".docx"),
    ".xlsx": office(".xlsx"),
    ".odt": open_document(),
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
}


def check(name: str, content: bytes) -> str:
    return check_upload(SimpleUploadedFile(name, content))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ServiceError) as refused:
        check(name, content)
    assert refused.value.field == "file"
    return str(refused.value)


def outcome(name: str, content: bytes) -> str:
    try:
        return check(name, content)
    except ServiceError as refused:
        return str(refused)


@pytest.mark.parametrize("ending", ACCEPTED)
def test_a_file_that_is_what_it_says_comes_in(ending: str) -> None:
    assert check(f"law{ending}", SAMPLES[ending]) == ACCEPTED[ending]
    assert check(f"LAW{ending.upper()}", SAMPLES[ending]) == ACCEPTED[ending]


def test_every_kind_is_named_to_people_and_known_again_by_its_ending() -> None:
    assert accepted_kinds() == "docx, jpeg, jpg, odt, pdf, png, xlsx"
    assert content_type_of("supplements/5f3.PDF") == "application/pdf"


@pytest.mark.parametrize("ending", ACCEPTED)
def test_the_file_is_left_at_its_beginning(ending: str) -> None:
    file = SimpleUploadedFile(f"law{ending}", SAMPLES[ending])
    file.read(3)
    check_upload(file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        *[(ending, b"Only words, whatever the name says. " * 20) for ending in ACCEPTED],
        *[(ending, b"<html><script>alert(1)</script></html>") for ending in ACCEPTED],
        *[(ending, b"MZ\x90\x00\x03" + bytes(100)) for ending in ACCEPTED],
        *[(ending, b"P") for ending in ACCEPTED],
        (".pdf", PNG),
        (".png", JPEG),
        (".jpg", PDF),
        (".docx", PDF),
        (".docx", container({"a.txt": "any archive"})),
        (".docx", container({"word/document.xml": "<w/>"})),
        (".docx", SAMPLES[".xlsx"]),
        (".docx", SAMPLES[".odt"]),
        (".xlsx", SAMPLES[".docx"]),
        (".odt", SAMPLES[".docx"]),
        (".odt", open_document("application/vnd.oasis.opendocument.text-template")),
        (".odt", open_document("application/vnd.oasis.opendocument.spreadsheet")),
        (".docx", office(".docx", main="application/vnd.ms-word.document.macroEnabled.main+xml")),
        (".docx", office(".docx")[:-30]),
        (".docx", b"%PDF-1.7" + office(".docx")),
        (".pdf", office(".docx")),
    ],
)
def test_a_file_that_is_something_else_stays_out(ending: str, content: bytes) -> None:
    assert refusal(f"law{ending}", content) == NOT_WHAT_IT_SAYS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.docx", office(".docx", more={"word/vbaProject.bin": b"x"})),
        ("law.xlsx", office(".xlsx", more={"xl/VBAPROJECT.BIN": b"x"})),
        ("law.odt", open_document(more={"Basic/Standard/Module1.xml": "x"})),
        ("law.odt", open_document(more={"Scripts/python/run.py": "x"})),
    ],
)
def test_macros_stay_out(name: str, content: bytes) -> None:
    assert refusal(name, content) == HAS_MACROS


@pytest.mark.parametrize("name", ["law.exe", "law.html", "law.svg", "law.zip", "law.docm", "law.pdf.exe", "law", "pdf"])
def test_other_kinds_stay_out_whatever_is_in_them(name: str) -> None:
    expected = f"This kind of file is not accepted. Use one of: {accepted_kinds()}."
    assert refusal(name, PDF) == expected


def test_an_empty_file_stays_out() -> None:
    assert refusal("law.pdf", b"") == "This file is empty."


@override_settings(UPLOAD_MAXIMUM_MEGABYTES=1)
def test_a_file_at_the_limit_comes_in_and_one_byte_more_stays_out() -> None:
    largest = PDF.ljust(1024 * 1024)
    assert check("law.pdf", largest) == "application/pdf"
    assert refusal("law.pdf", largest + b" ") == "This file is larger than 1 megabyte."


@pytest.mark.parametrize("name", ["قانون.pdf", "法律.PDF", "../../etc/law.pdf", "C:\\laws\\law.pdf", "law .pdf"])
def test_the_name_may_be_anything_that_ends_so(name: str) -> None:
    assert check(name, PDF) == "application/pdf"


def test_what_a_container_holds_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred megabytes of nothing in a document of two hundred kilobytes: only the entry of its kind is read."""
    bomb = office(".docx", more={"word/media/bomb.bin": bytes(200 * 1024 * 1024)})
    opened: list[str] = []
    original: Callable[..., Any] = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, entry: zipfile.ZipInfo, *args: object) -> Any:
        opened.append(entry.filename)
        return original(self, entry, *args)

    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    assert check("law.docx", bomb) == ACCEPTED[".docx"]
    assert opened == [CONTENT_TYPES]


def test_of_the_entry_that_tells_the_kind_only_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    original: Callable[..., bytes] = zipfile.ZipExtFile.read

    def watched(self: zipfile.ZipExtFile, size: int = -1) -> bytes:
        content = original(self, size)
        sizes.append(len(content))
        return content

    monkeypatch.setattr(zipfile.ZipExtFile, "read", watched)
    assert refusal("law.docx", container({CONTENT_TYPES: bytes(100 * 1024 * 1024)})) == NOT_WHAT_IT_SAYS
    assert sizes == [256 * 1024]


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_cannot_be_read_a_little_at_a_time_stay_out(packing: int) -> None:
    types = f'<Override ContentType="{ACCEPTED[".docx"]}.main+xml"/>'
    assert refusal("law.docx", container({CONTENT_TYPES: types}, packing)) == NOT_WHAT_IT_SAYS


@given(place=st.integers(0, len(SAMPLES[".docx"]) - 1), value=st.integers(0, 255))
def test_a_damaged_container_comes_in_or_is_refused_in_words(place: int, value: int) -> None:
    damaged = bytearray(SAMPLES[".docx"])
    damaged[place] = value
    assert outcome("law.docx", bytes(damaged)) in {ACCEPTED[".docx"], NOT_WHAT_IT_SAYS, HAS_MACROS}
