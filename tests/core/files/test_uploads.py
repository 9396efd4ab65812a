"""Which files come in: known kinds, by name and by content, one kind only, and not too big."""

import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from hypothesis import given, strategies as st

from core.errors import ServiceError
from core.files.uploads import ACCEPTED, accepted_kinds, check_upload, content_type_of
from tests.core.files import hostile_files as files

pytestmark = pytest.mark.unit
PDF = files.pdf()
NOT_WHAT_IT_SAYS = "The content of this file is not what its name says."
BESIDES = "This file holds something besides what its name says. Open it, save it anew, and choose it again."
DAMAGED = "This file is damaged, or was cut off on its way. Open it, save it anew, and choose it again."

SAMPLES = {
    ".pdf": PDF,
    ".docx": files.office(".docx"),
    ".xlsx": files.office(".xlsx"),
    ".odt": files.open_document(),
    ".png": files.png(),
    ".jpg": files.jpeg(),
    ".jpeg": files.jpeg(progressive=True),
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


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.docx", files.word_by_library()),
        ("list.xlsx", files.excel_by_library()),
        ("law.pdf", files.pdf_by_library()),
        ("scan.png", files.png(2480, 3508)),
        ("scan.jpg", files.jpeg(comment=b"Scanned by the ministry")),
        ("phone.jpg", files.jpeg() + files.jpeg()),
    ],
)
def test_what_programs_write_comes_in(name: str, content: bytes) -> None:
    assert check(name, content) == content_type_of(name)


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
        *[(ending, files.HTML) for ending in ACCEPTED],
        *[(ending, b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>") for ending in ACCEPTED],
        *[(ending, b"<?xml version='1.0'?><!-- x --><svg><script>alert(1)</script></svg>") for ending in ACCEPTED],
        *[(ending, b"\xef\xbb\xbf <!DOCTYPE html><p>x") for ending in ACCEPTED],
        *[(ending, b"MZ\x90\x00\x03" + bytes(100)) for ending in ACCEPTED],
        *[(ending, b"GIF89a" + files.office()) for ending in ACCEPTED],
        *[(ending, b"P") for ending in ACCEPTED],
        *[(ending, files.OLE + bytes(1000)) for ending in ACCEPTED],
        (".pdf", files.png()),
        (".png", files.jpeg()),
        (".jpg", PDF),
        (".docx", PDF),
        (".docx", files.container({"a.txt": "any archive"})),
        (".docx", files.container({"word/document.xml": "<w/>"})),
        (".docx", SAMPLES[".xlsx"]),
        (".docx", SAMPLES[".odt"]),
        (".xlsx", SAMPLES[".docx"]),
        (".odt", SAMPLES[".docx"]),
        (".odt", files.open_document("application/vnd.oasis.opendocument.text-template")),
        (".odt", files.open_document("application/vnd.oasis.opendocument.spreadsheet")),
        (
            ".docx",
            files.office(main="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ),
        (".docx", b"%PDF-1.7" + files.office()),
        (".docx", files.office(packing=zipfile.ZIP_BZIP2)),
        (".docx", files.office(packing=zipfile.ZIP_LZMA)),
        (".pdf", files.office()),
        (".pdf", b"\n" + PDF),
        (".pdf", files.HTML + PDF),
        (".pdf", b"var a = 1; /*" + PDF + b"*/"),
    ],
)
def test_a_file_that_is_something_else_stays_out(ending: str, content: bytes) -> None:
    assert refusal(f"law{ending}", content) == NOT_WHAT_IT_SAYS


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


@given(
    ending=st.sampled_from(sorted(ACCEPTED)),
    place=st.integers(0, 10_000),
    value=st.integers(0, 255),
    cut=st.integers(0, 300),
)
def test_a_damaged_file_comes_in_or_is_refused_in_words(ending: str, place: int, value: int, cut: int) -> None:
    """Whatever byte is changed and wherever the file is cut off: no error but one that a person can read."""
    damaged = bytearray(SAMPLES[ending])
    damaged[place % len(damaged)] = value
    told = outcome(f"law{ending}", bytes(damaged[: len(damaged) - cut % len(damaged)]))
    assert told == ACCEPTED[ending] or told.endswith(".")
