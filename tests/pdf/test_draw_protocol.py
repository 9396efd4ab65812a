"""The protocol of a draw in print: tagged, in the language asked for, with all that a signature vouches for."""

import io
import re
import unicodedata
from pathlib import Path

import pdfua
import pytest
from django.utils import translation
from pypdf import PdfReader

from core.documents import pdf
from core.errors import ServiceError
from core.models import Job
from lots.algorithm import Switches
from lots.publication.pdf import render_protocol_pdf
from lots.publication.services.documents import start_protocol
from lots.publication.tasks import render_protocol_task
from lots.results.selectors import drawn_states
from tests.lots.making import LAUNCH_SESSION, PUBLIC_VALUE, SECRET, Officers, make_draw

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine"),
]
MOST_PAGES, MOST_BYTES = 30, 2_000_000  # 190 States


def read(content: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(content))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_file_is_tagged_and_says_its_language_and_title(language: str, tmp_path: Path) -> None:
    draw = make_draw("drawn")
    path = tmp_path / "protocol.pdf"
    path.write_bytes(render_protocol_pdf(draw, language))
    reader = PdfReader(path)
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert draw.code in reader.metadata.title
    # Cells name their headers by /Headers, which the checker takes for a doubt where a header has no /Scope.
    assert {finding.rule_id for finding in pdfua.validate(path).findings} <= {"UA-15-003"}


def test_it_holds_what_was_announced_the_seed_the_people_and_the_result() -> None:
    officers = Officers()
    draw = make_draw("published", officers=officers, public_values=(PUBLIC_VALUE,), value="4711")
    _reader, text = read(render_protocol_pdf(draw, "en"))
    text = squeezed(text)
    expected = [
        "Protocol of the drawing of lots",
        draw.mechanism.name,
        draw.input_sha256,
        draw.commitment_sha256,
        draw.seed,
        PUBLIC_VALUE,
        "Delegate of african",
        f"{SECRET} (african)",
        str(officers.keeper),
        "Secretariat: froze the input, announced the draw and recorded the seed",
        "Secretariat: ran the draw and published the draw",
        "No two States review one another.",
        f"{draw.pairings.filter(is_extra=True).count()} extra reviewing State",
        *draw.seed_parts.exclude(commitment="").values_list("commitment", flat=True),
        *draw.files.values_list("sha256", flat=True),
        *(str(drawn.state) for drawn in drawn_states(draw)),
    ]
    assert [words for words in expected if squeezed(words) not in text] == []


def test_the_public_one_names_states_and_nobody_else() -> None:
    officers = Officers()
    draw = make_draw("published", officers=officers, public_values=(PUBLIC_VALUE,), value="4711")
    _reader, text = read(render_protocol_pdf(draw, "en", is_public=True))
    text = squeezed(text)
    people = [str(officers.keeper), str(officers.runner), "Delegate of african", "Signatures"]
    assert [words for words in people if squeezed(words) in text] == []
    expected = [draw.seed, f"{SECRET} (african)", *(str(drawn.state) for drawn in drawn_states(draw))]
    assert [words for words in expected if squeezed(words) not in text] == []


def test_states_are_named_in_arabic() -> None:
    draw = make_draw("drawn")
    with translation.override("ar"):
        names = [str(drawn.state) for drawn in drawn_states(draw)]
    assert all(re.search(r"[\u0621-\u064a]", name) for name in names)
    _reader, text = read(render_protocol_pdf(draw, "ar"))
    words = {word for name in names for word in re.findall(r"[\u0621-\u064a]+", name)}
    printed = without_alef(unicodedata.normalize("NFKC", text))
    assert sorted(word for word in words if without_alef(word) not in printed) == []


def without_alef(text: str) -> str:
    """An alef with a hamza is two glyphs in the print, which who reads the text out of it tells apart or leaves out."""
    return re.sub(r"[\u0654\u0655\u0621\u0627\s]", "", unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("status", "watermark", "status_words"),
    [("drawn", "Training", "not published"), ("voided", "Voided", "Voided")],
)
def test_what_does_not_count_is_marked_on_every_page(status: str, watermark: str, status_words: str) -> None:
    reader, _text = read(render_protocol_pdf(make_draw(status), "en"))
    for page in reader.pages:
        text = page.extract_text()
        assert squeezed(watermark) in squeezed(text)
        assert squeezed(status_words) in squeezed(text)


def test_a_voided_draw_gives_the_reason() -> None:
    _reader, text = read(render_protocol_pdf(make_draw("voided"), "en"))
    assert squeezed("A State was missing from the input.") in squeezed(text)


def test_switches_are_told_in_words() -> None:
    switches = Switches.parse(["load=soft", "exclude=XAL>XAM", "consent=XAL"])
    _reader, text = read(render_protocol_pdf(make_draw("drawn", switches=switches), "en"))
    for words in ("No limit", "Aldermark does not review Amarunda"):
        assert squeezed(words) in squeezed(text)


def test_190_states_are_printed_within_bounds() -> None:
    draw = make_draw("drawn", as_of=LAUNCH_SESSION, is_training=False)
    content = render_protocol_pdf(draw, "en")
    reader, text = read(content)
    assert len(reader.pages) <= MOST_PAGES
    assert len(content) <= MOST_BYTES
    names = [str(drawn.state) for drawn in drawn_states(draw)]
    assert len(names) == 190
    assert [name for name in names if squeezed(name) not in squeezed(text)] == []


def test_there_is_no_protocol_before_the_run() -> None:
    officers = Officers()
    draw = make_draw("seeded", officers=officers)
    with pytest.raises(ServiceError, match="as soon as the draw has been run"):
        start_protocol(officers.runner, draw, ending="pdf", language="en")
    assert not Job.objects.exists()


def test_the_job_makes_the_file() -> None:
    officers = Officers()
    draw = make_draw("drawn", officers=officers)
    job = start_protocol(officers.runner, draw, ending="pdf", language="ar")
    render_protocol_task(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error) == ("done", "")
    assert job.file_name == f"untoc-draw-{draw.code}-protocol-ar.pdf"
    with job.result.open("rb") as stored:
        assert stored.read(4) == b"%PDF"
