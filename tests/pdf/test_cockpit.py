"""The cockpit in print: tagged, in the language asked for, with the rows of the page and nothing that anybody wrote."""

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfua
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.people.models import User
from core import jobs
from core.documents import pdf
from core.enums import JobStatus
from core.models import Job
from core.templatetags.components import date_short
from portal.cockpit.files import COCKPIT_PDF, start_cockpit_file
from portal.cockpit.pdf import COLOURS, TEMPLATE, context_of
from portal.cockpit.tasks import render_cockpit_task
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.permissions.urls_base import OBSERVATIONS, Scene
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine"),
]
LoginAs = Callable[[User], Client]
MOST_PAGES, MOST_BYTES = 30, 1_000_000  # 190 reviews


def printed(cast: Cast, language: str = "en", **asked: str) -> bytes:
    with translation.override(language):
        context = context_of(cast.review.mechanism, cast.officer, asked)
    return pdf.render_pdf(TEMPLATE, context, language)


def read(content: bytes) -> tuple[PdfReader, list[str]]:
    reader = PdfReader(io.BytesIO(content))
    return reader, [squeezed(page.extract_text()) for page in reader.pages]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2066-\u2069]+", "", unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_file_is_tagged_and_says_its_language_and_title(cast: Cast, language: str, tmp_path: Path) -> None:
    path = tmp_path / "cockpit.pdf"
    path.write_bytes(printed(cast, language))
    reader = PdfReader(path)
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"] == language
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    with translation.override(language):
        assert reader.metadata.title.startswith(str(context_of(cast.review.mechanism, cast.officer, {})["title"]))
    box = reader.pages[0].mediabox
    assert box.width > box.height
    # Cells name their headers by /Headers, which the checker takes for a doubt where a header has no /Scope.
    assert {finding.rule_id for finding in pdfua.validate(path).findings} <= {"UA-15-003"}


def test_each_drawing_says_in_words_what_it_shows(cast: Cast) -> None:
    content = printed(cast)
    words = {squeezed(text) for text in alternatives(PdfReader(io.BytesIO(content)))}
    with translation.override("en"):
        rows = context_of(cast.review.mechanism, cast.officer, {})["rows"]
    assert {squeezed(row.words) for row in rows} <= words
    assert any("Self-assessment:since" in text for text in words)


def alternatives(reader: PdfReader) -> list[str]:
    """The alternative texts of all figures in the tree of tags."""
    found: list[str] = []
    stack: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while stack:
        node = stack.pop().get_object()
        if isinstance(node, list):
            stack += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            stack += [node["/K"]] if "/K" in node else []
    return found


def test_the_pages_hold_the_rows_of_the_cockpit(cast: Cast, login_as: LoginAs) -> None:
    Review.objects.filter(code="1-XVE").update(officer=cast.officer)
    add_reviews(cast.review, 60)
    reader, pages = read(printed(cast))
    page = login_as(cast.officer).get("/en/untoc/cockpit/?all=1&rows=200&shape=table")
    whole = "".join(pages)
    with translation.override("en"):
        for row in page.context["rows"]:
            state, since = str(row.review.state_under_review), date_short(row.since)
            assert squeezed(f"{state}{row.review.code}{row.review.step}{since}") in whole
            assert whole.count(squeezed(f"{state} {row.review.code}")) == 2  # on the timeline and in the table
    assert squeezed("62 reviews") in pages[0]
    assert squeezed(cast.officer.full_name) in whole
    heads = [squeezed("State under review Code Step Since Next act") in text for text in pages]
    assert heads == [False] * heads.index(True) + [True] * (len(heads) - heads.index(True)), (
        "on every page of the table"
    )
    assert sum(heads) > 1
    assert [text[-len(f"{number}/{len(pages)}") :] for number, text in enumerate(pages, start=1)] == [
        f"{number}/{len(reader.pages)}" for number in range(1, len(pages) + 1)
    ]


def test_the_filter_narrows_the_print_and_stands_in_it_in_words(cast: Cast) -> None:
    _reader, pages = read(printed(cast, query="step=self_assessment&officer=none", zoom="2026", sort="-due"))
    Review.objects.filter(code="1-XVE").update(officer=None)
    _reader, narrowed = read(printed(cast, query="step=self_assessment&officer=none", zoom="2026"))
    assert squeezed("Step: Self-assessment") in narrowed[0]
    assert squeezed("Officer in charge: Nobody yet") in narrowed[0]
    assert squeezed("1 January 2026 to 31 December 2026") in narrowed[0]
    assert "1-XVE" in "".join(narrowed)
    assert "1-XMB" not in "".join(narrowed)
    assert "1-XVE" not in "".join(pages), "somebody was in charge"
    assert squeezed("No review matches the filter") in pages[0]
    _reader, everything = read(printed(cast))
    assert squeezed("All reviews") in everything[0]


def test_arabic_names_and_steps_are_printed(cast: Cast) -> None:
    _reader, pages = read(printed(cast, "ar"))
    with translation.override("ar"):
        review = Review.objects.select_related("state_under_review", "step").get(code="1-XVE")
        words = re.findall(r"[\u0621-\u064a]+", f"{review.state_under_review} {review.step}")
    assert words
    shown = without_alef("".join(pages))
    assert [word for word in words if without_alef(word) not in shown] == []
    assert "1-XVE" in "".join(pages)


def without_alef(text: str) -> str:
    """An alef with a hamza is two glyphs in the print, which who reads the text out of it tells apart or leaves out."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\u0654\u0655\u0621\u0627\s]", "", text)


def test_the_steps_have_the_colours_of_the_page() -> None:
    page = (settings.BASE_DIR / "static/css/_colours.scss").read_text("utf-8")
    sheet = (settings.BASE_DIR / "static/pdf/cockpit.css").read_text("utf-8")
    steps = re.findall(r'"step-\d": (#\w+) ', page)
    assert tuple(steps) == COLOURS == tuple(re.findall(r"\.key-\d \{\s*background: (#\w+)", sheet))


@pytest.mark.prove
def test_190_reviews_make_a_document_of_a_bearable_size(cast: Cast) -> None:
    add_reviews(cast.review, 188)
    content = printed(cast)
    reader, _pages = read(content)
    assert (len(reader.pages) <= MOST_PAGES, len(content) <= MOST_BYTES) == (True, True)


@pytest.mark.scene(OBSERVATIONS)
def test_the_print_holds_nothing_that_anybody_wrote(scene: Scene) -> None:
    _reader, pages = read(printed(scene.cast))
    assert scene.cast.review.code in "".join(pages)
    assert scene.canaries.leaked_to("stranger", "".join(pages)) == []


# --- The job: asked for on the page, made by a worker, fetched by whoever asked


def test_the_button_queues_the_filter_and_the_asker_fetches_the_file(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    shown = client.get("/en/untoc/cockpit/?step=self_assessment&evil=1&zoom=2026&sort=-due")
    address = shown.context["pdf_address"]
    assert address in shown.content.decode().replace("&amp;", "&")
    answer = client.post(address)
    job = Job.objects.get()
    assert job.details == {"query": "step=self_assessment", "zoom": "2026", "sort": "-due"}
    assert (job.kind, job.language, answer["Location"]) == (COCKPIT_PDF, "en", f"/en/jobs/{job.pk}/")
    assert "Where the reviews stand" in client.get(answer["Location"]).content.decode()
    render_cockpit_task.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.DONE, "")
    file = client.get(f"/en/jobs/{job.pk}/download/")
    assert file["Content-Disposition"] == f'attachment; filename="untoc-reviews-{timezone.localdate()}-en.pdf"'
    _reader, pages = read(b"".join(file.streaming_content))
    assert "1-XVE" in "".join(pages)
    for person in (cast.administrator, cast.auditor, cast.focal_point, OfficerFactory()):
        for path in (f"/en/jobs/{job.pk}/", f"/en/jobs/{job.pk}/download/"):
            assert login_as(person).get(path).status_code == 404


def test_the_same_twice_is_one_job_and_another_filter_another(cast: Cast) -> None:
    asked: dict[str, Any] = {
        "actor": cast.officer, "mechanism": cast.review.mechanism, "kind": COCKPIT_PDF, "language": "en",
    }  # fmt: skip
    first = start_cockpit_file(**asked, query="step=summary")
    assert start_cockpit_file(**asked, query="step=summary") == first
    assert start_cockpit_file(**asked, query="") != first
    assert start_cockpit_file(**asked, query="step=summary", sort="due") != first
    again = jobs.find(first.pk)
    Job.objects.update(status=JobStatus.FAILED)
    retried = again.kind.start_again(cast.officer, again.target, language="ar")
    assert (retried.details["query"], retried.language) == ("step=summary", "ar")


def test_it_is_made_where_documents_are_made() -> None:
    assert settings.CELERY_TASK_ROUTES[render_cockpit_task.name] == {"queue": "pdf"}


def test_who_sees_the_cockpit_no_more_gets_no_print(cast: Cast) -> None:
    job = start_cockpit_file(cast.officer, cast.review.mechanism, COCKPIT_PDF, query="", language="en")
    User.objects.filter(pk=cast.officer.pk).update(secretariat_role="")
    render_cockpit_task.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, "This is no longer open to you")
