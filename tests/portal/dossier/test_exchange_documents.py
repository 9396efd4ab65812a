"""Feedback, dialogue and clearances as documents: what was sent, whose copy it is, and nothing out of a room."""

import io
from typing import Any

import docx
import pdfua
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from accounts.people.models import User
from core import jobs
from core.documents.pdf import missing_pdf_libraries
from core.enums import JobStatus
from core.models import AuditEntry, Job
from core.policy import can
from dialogue.feedback.tasks import send_joint_feedback_task
from observations.texts.models import AgreedText
from portal.dossier.circulated import clearances_in, is_final, pieces_in
from portal.dossier.selectors import reader_of
from portal.dossier.services import FORMATS, start_exchange
from portal.dossier.tasks import make_exchange_task
from reviews.cases.models import Clearance, PartialTeam, Review
from reviews.programme.enums import StepKind
from reviews.programme.models import Step
from reviews.registration.services.participation import end_participation
from reviews.symbols.enums import Distribution, DocumentKind
from reviews.symbols.models import DocumentSymbol
from tests import journey, utils
from tests.at_once import object_to_version, propose_version
from tests.core.documents.files_of_html import shown_in
from tests.dialogue.joint.joint import clear, joint_of, set_joint, write
from tests.permissions.canaries import WORD
from tests.permissions.urls_base import CLOSED, DIALOGUE, Scene
from tests.reviews.minutes import minutes as notes
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(missing_pdf_libraries()), reason="this machine cannot make PDF documents"),
]
KINDS = (DocumentKind.FEEDBACK, DocumentKind.EXCHANGE, DocumentKind.CLEARANCES)


def made(user: User, review: Review, kind: DocumentKind, ending: str, language: str = "en") -> Job:
    job = start_exchange(user, review, kind, ending=ending, language=language)
    make_exchange_task.run(str(job.pk))
    job.refresh_from_db()
    assert (job.kind, job.status, job.error) == (FORMATS[ending], JobStatus.DONE, "")
    return job


def content_of(job: Job) -> io.BytesIO:
    with job.result.open("rb") as file:
        return io.BytesIO(file.read())


def words_of(job: Job) -> str:
    if job.file_name.endswith(".docx"):
        file = docx.Document(content_of(job))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "".join("".join([*(each.text for each in file.paragraphs), *cells]).replace("\u200e", "").split())
    if job.file_name.endswith(".html"):
        return squeezed(shown_in(content_of(job).read().decode()))
    return "".join("".join(page.extract_text() for page in PdfReader(content_of(job)).pages).split())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.scene
@pytest.mark.parametrize("stage", [DIALOGUE, CLOSED])
def test_no_document_holds_a_word_that_its_reader_must_not_meet(scene: Scene, stage: str) -> None:
    shown = {DIALOGUE: {"dialogue.WrittenFeedback.document", "dialogue.ClarificationAnswer.text"}, CLOSED: set()}
    for name in ("focal_point", "same_group_expert", "other_group_focal_point", "officer"):
        user = scene.cast.people[name]
        text = "".join(words_of(made(user, scene.cast.review, kind, "docx")) for kind in KINDS)
        for ending in ("pdf", "html"):
            text += words_of(made(user, scene.cast.review, DocumentKind.EXCHANGE, ending))
        assert scene.canaries.leaked_to(name, text) == []
        met = {scene.canaries.fields[word] for word in WORD.findall(text)}
        assert shown[stage] <= met, "words are there"


def test_the_protocol_says_who_has_cleared_which_bytes_and_when(cast: Cast) -> None:
    utils.take_cast_to("closed", cast)
    rows = list(Clearance.objects.filter(review=cast.review).select_related("state_party", "focal_point"))
    assert len({row.document_type for row in rows}) > 2, "answers, feedback and texts"
    for ending in FORMATS:
        words = words_of(made(cast.same_group_expert, cast.review, DocumentKind.CLEARANCES, ending))
        for row in rows:
            for said in (row.sha256, row.focal_point.full_name, str(row.state_party)):
                assert squeezed(said) in words
        assert squeezed(f"Confidential – fetched by {cast.same_group_expert.full_name}") in words
        assert "Provisional" not in words


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_document_says_that_it_is(cast: Cast, kind: DocumentKind, ending: str) -> None:
    nothing = {
        DocumentKind.FEEDBACK: "No written feedback has been sent yet.",
        DocumentKind.EXCHANGE: "Nothing has been exchanged yet.",
        DocumentKind.CLEARANCES: "Nothing has been cleared here yet.",
    }
    assert squeezed(nothing[kind]) in words_of(made(cast.focal_point, cast.review, kind, ending))


def test_the_same_bytes_proposed_again_are_not_what_was_cleared_before(cast: Cast) -> None:
    utils.take_cast_to("observations", cast)
    journey.write_lists(cast.review)
    text = AgreedText.objects.filter(review=cast.review, kind="list_of_observations")[0]
    first = propose_version(actor=cast.same_group_focal_point, text=text)
    object_to_version(actor=cast.focal_point, text=text, sha256=first.sha256, reason="Not yet.")
    second = propose_version(actor=cast.other_group_focal_point, text=text)
    assert (first.sha256, second.number) == (second.sha256, 2)
    reader = reader_of(cast.focal_point, cast.review)
    lines = clearances_in(reader, pieces_in(reader, DocumentKind.CLEARANCES))
    said = [(each.document, each.clearance.version) for each in lines if each.clearance.document_id == text.pk]
    assert [(words.partition("Version ")[2], version) for words, version in said] == [
        ("1. This version does not stand any more.", 1),
        ("2", 2),
    ]


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (DocumentKind.FEEDBACK, StepKind.AGREED_TEXT),
        (DocumentKind.EXCHANGE, StepKind.PROCESSING),
        (DocumentKind.CLEARANCES, StepKind.PROCESSING),
    ],
)
def test_a_document_is_provisional_as_long_as_anything_comes_into_it(kind: DocumentKind, last: StepKind) -> None:
    steps = list(StepKind)
    final = [step for step in steps if is_final(kind, Review(step=Step(kind=step)))]
    assert final == steps[steps.index(last) + 1 :]


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("by_worker", [False, True])
def test_the_protocol_names_each_state_that_has_cleared_joint_feedback(cast: Cast, by_worker: bool) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    clear(cast, cast.same_group_focal_point)
    if by_worker:
        end_participation(actor=utils.SYSTEM, participation=cast.participations["other_group_focal_point"])
        state = {"state_party": cast.other_group_state, "recorded_by": cast.officer, "reason": "Nobody."}
        PartialTeam.objects.create(review=cast.review, **state)
        send_joint_feedback_task()
    else:
        clear(cast, cast.other_group_focal_point)
    sent = joint_of(cast)
    words = words_of(made(cast.focal_point, cast.review, DocumentKind.CLEARANCES, "docx"))
    assert words.count(sent.sha256) == (1 if by_worker else 2)
    assert squeezed(cast.same_group_focal_point.full_name) in words
    assert (squeezed(cast.other_group_focal_point.full_name) in words) is not by_worker


@pytest.mark.stage("dialogue")
def test_the_record_of_the_dialogue_has_the_notes_that_all_have_agreed_to(cast: Cast) -> None:
    agreed, laid = notes.held(cast, "expert", "same_group_expert"), notes.held(cast)
    notes.lay(cast.focal_point, notes.write(cast.expert, agreed, "What two States have agreed to."))
    notes.say(cast.same_group_focal_point, agreed)
    notes.lay(cast.focal_point, notes.write(cast.expert, laid, "What a State may object to."))
    words = words_of(made(cast.focal_point, cast.review, DocumentKind.EXCHANGE, "docx"))
    assert squeezed("What two States have agreed to.") in words
    assert squeezed("What a State may object to.") not in words


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_files_are_tagged_and_bear_the_symbol(cast: Cast, language: str) -> None:
    utils.take_cast_to("dialogue", cast)
    facts: dict[str, Any] = {"distribution": Distribution.GENERAL, "dated_on": "2026-03-04", "original": "en"}
    symbol = "CTOC/COP/WG.10/2026/CRP.7"
    DocumentSymbol.objects.create(review=cast.review, kind=DocumentKind.FEEDBACK, symbol=symbol, **facts)
    job = made(cast.focal_point, cast.review, DocumentKind.FEEDBACK, "pdf", language)
    reader = PdfReader(content_of(job))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert {finding.rule_id for finding in pdfua.validate(job.result.path).findings} <= {"UA-15-003"}
    assert all(symbol in page.extract_text() for page in reader.pages)
    file = docx.Document(content_of(made(cast.focal_point, cast.review, DocumentKind.FEEDBACK, "docx", language)))
    is_rtl = file.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert is_rtl == (language == "ar")
    assert [each.style.name for each in file.paragraphs if each._p.pPr.numPr is not None][:1] == ["Heading 2"]
    provisional = words_of(made(cast.focal_point, cast.review, DocumentKind.EXCHANGE, "pdf"))
    assert "Provisional" in provisional


def test_asking_and_taking_stand_in_the_record_and_it_is_nobody_elses(cast: Cast) -> None:
    utils.take_cast_to("dialogue", cast)
    job = made(cast.focal_point, cast.review, DocumentKind.FEEDBACK, "docx")
    found = jobs.find(job.pk)
    assert can(cast.focal_point, found.kind.action, found.target)
    assert not can(cast.expert, found.kind.action, found.target)
    assert found.kind.before_taken is not None
    found.kind.before_taken(cast.focal_point, found.target)
    acts = AuditEntry.objects.filter(verb__startswith="portal.exchange").order_by("at")
    assert [(act.verb, act.room) for act in acts] == [
        (f"portal.exchange.{each}", "XVE") for each in ("requested", "taken")
    ]
