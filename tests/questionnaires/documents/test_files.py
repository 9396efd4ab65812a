"""The completed questionnaire as Word, HTML and Akoma Ntoso: what its PDF holds, with real numbers and sections."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pytest
from django.test import Client
from docx.oxml.ns import qn

from accounts.people.models import User
from core.documents.akn import AKN
from core.models import AuditEntry, Job
from questionnaires.documents.services import start_draft, start_submission
from questionnaires.documents.tasks import render_document_task
from questionnaires.responses.jobs import FORMATS
from reviews.symbols.models import DocumentSymbol
from tests import utils
from tests.core.documents.akn_schema import valid_akn
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
NS = {"a": AKN}
ARABIC = "يجرّم القانون المشاركة في جماعة إجرامية"


@pytest.fixture
def answered(cast: Cast) -> Cast:
    citation = {"law": "Criminal Code (Act 12)", "provision": "ss. 211–214", "link": "https://laws.example/cc"}
    text = f"**Participation** is an offence.\n\n- one\n- two\n\n{ARABIC}"
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes, in part",))
    save(cast.response, cast.expert, "I.untoc.1.a", text=text, citations=[citation])
    save(cast.response, cast.expert, "I.untoc.2.a", text=ARABIC)
    return cast


def made(job: Job) -> bytes:
    render_document_task(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error) == ("done", "")
    with job.result.open("rb") as stored:
        return bytes(stored.read())


def test_in_word_questions_have_numbers_and_each_text_its_direction(answered: Cast) -> None:
    file = docx.Document(io.BytesIO(made(start_draft(answered.expert, answered.response, ending="docx"))))
    numbered = [each for each in file.paragraphs if each._p.pPr is not None and each._p.pPr.numPr is not None]
    assert len(numbered) > 30
    assert {each.style.name for each in numbered} == {"Question"}
    headings = [each.text for each in file.paragraphs if each.style.name == "Heading 1"]
    assert headings[0].startswith("United Nations Convention against Transnational Organized Crime")
    by_words = {each.text: each for each in file.paragraphs}
    assert by_words["Participation is an offence."].style.name == "Written Text"
    assert by_words[ARABIC]._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
    assert any("☒ Yes, in part" in words for words in by_words)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert {"Criminal Code (Act 12)", "ss. 211–214", "https://laws.example/cc"} <= set(cells)


def test_akoma_ntoso_holds_questions_within_questions(answered: Cast) -> None:
    submission = utils.clear_answers(answered.focal_point, answered.response)
    facts: dict[str, Any] = {"distribution": "restricted", "dated_on": date(2026, 3, 4), "original": "en"}
    symbol = "CTOC/COP/WG.10/2026/CRP.9"
    DocumentSymbol.objects.create(review=answered.review, kind="questionnaire", symbol=symbol, **facts)
    root = valid_akn(made(start_submission(answered.same_group_expert, submission, ending="xml")))
    [asked] = root.xpath("//a:paragraph[@eId='part_1__para_1']/a:subparagraph[@eId='part_1__para_1__subpara_a']",
                         namespaces=NS)  # fmt: skip
    answer = "".join(asked.xpath("./a:content/*[@class='answer']//text()", namespaces=NS))
    assert answer == f"Participation is an offence.onetwo{ARABIC}"
    keys = root.xpath("//a:mainBody//@eId", namespaces=NS)
    assert len(keys) == len(set(keys))
    [number] = root.xpath("//a:FRBRExpression/a:FRBRversionNumber/@value", namespaces=NS)
    assert number == submission.sha256
    assert root.xpath("//a:docNumber/text()", namespaces=NS) == [symbol]
    assert root.xpath("//a:docStage", namespaces=NS) == []


@pytest.mark.parametrize("ending", FORMATS)
def test_it_names_who_fetched_it_and_the_fetching_is_in_the_record(
    answered: Cast, ending: str, login_as: Callable[[User], Client]
) -> None:
    submission = utils.clear_answers(answered.focal_point, answered.response)
    reader = answered.same_group_expert
    job = start_submission(reader, submission, ending=ending)
    content = made(job)
    if ending in {"html", "xml"}:
        assert f"Confidential – fetched by {reader.full_name}" in content.decode()
    assert login_as(answered.other_group_expert).get(f"/en/jobs/{job.pk}/download/").status_code == 404
    taken = login_as(reader).get(f"/en/jobs/{job.pk}/download/")
    assert taken.headers["Content-Disposition"] == f'attachment; filename="1-XVE-answers-v1-en.{ending}"'
    assert (taken.headers["Content-Type"] == "application/octet-stream") == (ending == "html")
    assert taken.getvalue() == content
    acts = AuditEntry.objects.filter(verb__startswith="questionnaires.document").order_by("at")
    assert [act.verb for act in acts] == ["questionnaires.document.requested", "questionnaires.document.taken"]
