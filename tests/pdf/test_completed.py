"""The completed questionnaire in print: tags, language, title, and the words of the answers in any script."""

import io
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pdfua
import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pypdf import PdfReader

from accounts.people.models import User
from accounts.states.models import StateParty
from core.documents import pdf
from core.models import Job
from questionnaires.documents.services import start_draft, start_submission
from questionnaires.documents.tasks import render_document_task
from questionnaires.responses.jobs import DRAFT_PDF
from tests import utils
from tests.utils import Cast, save

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine"),
]
LoginAs = Callable[[User], Client]
ARABIC = "يجرّم القانون المشاركة في جماعة إجرامية"
CHINESE = "刑法规定参加有组织犯罪集团为犯罪"
RESPONSE = "/en/untoc/reviews/1-XVE/response/"


@pytest.fixture(autouse=True)
def queue() -> Iterator[list[str]]:
    """The keys of the jobs that were sent to the workers, which these tests do themselves."""
    sent: list[str] = []
    with patch.object(render_document_task, "delay", sent.append):
        yield sent


def render(job: Job) -> Job:
    render_document_task(str(job.pk))
    job.refresh_from_db()
    return job


def read(job: Job) -> tuple[PdfReader, str]:
    with job.result.open("rb") as stored:
        reader = PdfReader(io.BytesIO(stored.read()))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def status_of_download(client: Client, job: Job) -> int:
    http_response = client.get(f"/en/jobs/{job.pk}/download/")
    assert http_response.getvalue().startswith(b"%PDF") == (http_response.status_code == 200)
    return http_response.status_code


_BARE = str.maketrans("", "", " ()")  # beside Arabic the reader of PDFs turns brackets round, on some pages


def answer(cast: Cast) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes, in part",))
    citation = {"law": "Criminal Code (Act 12)", "provision": "ss. 211–214", "link": "https://laws.example/cc"}
    save(
        cast.response,
        cast.expert,
        "I.untoc.1.a",
        text=f"**Participation** is an offence.\n\n{ARABIC}",
        citations=[citation],
    )
    save(cast.response, cast.expert, "I.untoc.2.a", text=CHINESE)
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.3.a", text="Not asked at present", choices=("No",))
    save(cast.response, cast.expert, "I.untoc.3", choices=("No",), base=1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_draft_is_tagged_titled_and_holds_the_answers(cast: Cast, language: str) -> None:
    answer(cast)
    cast.response.language = language
    job = render(start_draft(cast.expert, cast.response, ending="pdf"))
    assert (job.status, job.error) == ("done", "")
    reader, text = read(job)
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == language
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in catalog
    with translation.override(language):
        assert reader.metadata.title == gettext("Self-assessment of %(state)s") % {"state": cast.state}
    if language == "en":
        assert "Draft – not cleared" in text
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    for words in ("Participation is an offence.", CHINESE, "Criminal Code (Act 12)", "☒ Yes, in part"):
        assert words.translate(_BARE) in text.translate(_BARE), words
    assert "القانون" in text
    # Cells name their headers by /Headers, which the checker takes for a doubt where a header has no /Scope.
    assert {finding.rule_id for finding in pdfua.validate(job.result.path).findings} <= {"UA-15-003"}
    assert "Not asked at present" not in text


@pytest.mark.parametrize(("language", "words"), [("en", "☒ Not within our competence"), ("ar", "")])
def test_what_is_not_within_the_competence_of_an_organization_is_printed_in_words(
    cast: Cast, language: str, words: str
) -> None:
    StateParty.objects.filter(pk=cast.state.pk).update(is_reio=True)
    utils.fresh(cast).review.state_under_review.refresh_from_db()
    save(cast.response, cast.expert, "I.untoc.3", is_outside_competence=True, text="The member States.")
    submission = utils.clear_answers(cast.focal_point, cast.response)
    submission.language = language
    reader, text = read(render(start_submission(cast.same_group_expert, submission, ending="pdf")))
    assert "The member States." in text
    assert words.replace(" ", "") in text.replace(" ", "")
    assert reader.trailer["/Root"]["/Lang"] == language


def test_what_was_sent_is_printed_from_the_frozen_document(cast: Cast, login_as: LoginAs) -> None:
    answer(cast)
    submission = utils.clear_answers(cast.focal_point, cast.response)
    job = render(start_submission(cast.same_group_expert, submission, ending="pdf"))
    _reader, text = read(job)
    assert submission.sha256 in text.replace("\n", "")
    assert "Participation is an offence." in text
    assert "Draft" not in text
    assert job.file_name == "1-XVE-answers-v1-en.pdf"
    assert status_of_download(login_as(cast.same_group_expert), job) == 200
    for person in (cast.other_group_observer, cast.contributor, cast.bystander):
        assert login_as(person).get(f"/en/jobs/{job.pk}/download/").status_code == 404, "it names who fetched it"


def test_the_page_follows_the_job_and_gives_the_file_to_who_asked_for_it_only(
    cast: Cast, login_as: LoginAs, queue: list[str], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    client = login_as(cast.expert)
    with django_capture_on_commit_callbacks(execute=True):
        started = client.post(f"{RESPONSE}document/pdf/")
    job = Job.objects.get(kind=DRAFT_PDF)
    url = f"/en/jobs/{job.pk}/"
    assert (started.status_code, started["Location"], queue) == (302, url, [str(job.pk)])
    page = client.get(url).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert client.get(f"{url}download/").status_code == 404
    render(job)
    fragment = client.get(url, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "hx-trigger" not in fragment
    assert f"{url}download/" in fragment
    download = client.get(f"{url}download/")
    assert download["Content-Disposition"] == 'attachment; filename="1-XVE-draft-en.pdf"'
    assert download.getvalue().startswith(b"%PDF")
    for path in (url, f"{url}download/"):
        for person in (cast.observer, cast.same_group_expert, cast.officer, cast.bystander):
            assert login_as(person).get(path).status_code == 404


def test_a_failure_is_told_in_words_and_can_be_tried_again(cast: Cast, login_as: LoginAs) -> None:
    job = start_draft(cast.expert, cast.response, ending="pdf")
    with patch.object(pdf, "missing_pdf_libraries", return_value="cannot load library 'pango'"):
        render(job)
    assert job.status == "failed"
    client = login_as(cast.expert)
    page = client.get(f"/en/jobs/{job.pk}/").content.decode()
    assert "This server cannot make PDF documents yet: its operator must install the Pango library." in page
    assert "Try again" in page
    again = client.post(f"/en/jobs/{job.pk}/")
    assert again.status_code == 302
    assert again["Location"] != f"/en/jobs/{job.pk}/"
    assert render(Job.objects.get(status="queued")).status == "done"


def test_a_character_without_a_font_fails_the_job(cast: Cast) -> None:
    save(cast.response, cast.expert, "I.untoc.1.a", text="\U000e0fff \U0010fffd")
    job = render(start_draft(cast.expert, cast.response, ending="pdf"))
    assert job.status == "failed"
    assert "no font" in job.error


def test_nothing_is_fetched_from_outside() -> None:
    fetcher = pdf.static_files_alone()
    for url in ("https://example.com/x.css", "file:///etc/passwd", "static:../../etc/passwd", "data:text/css,*{}"):
        with pytest.raises(Exception, match=r"refused|SuspiciousFileOperation|outside"):
            fetcher.fetch(url)
    assert fetcher.fetch("static:pdf/document.css")
