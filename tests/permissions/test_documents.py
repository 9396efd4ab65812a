"""The documents that are made of a review hold no word that one of those who may fetch them must not meet."""

import io
import re
from pathlib import PurePath
from typing import Any

import pytest
from docx import Document as WordDocument
from pypdf import PdfReader

from core import jobs
from core.documents.pdf import missing_pdf_libraries
from core.enums import JobStatus
from core.models import Job
from core.models.names import audit_name_of
from core.policy import can
from observations.documents.formats import FORMATS as TEXT_FORMATS
from observations.documents.tasks import render_text_task
from observations.translations.documents import TRANSLATION_AKN, TRANSLATION_DOCX, TRANSLATION_PDF
from observations.translations.tasks import render_translation_task
from portal.cockpit.files import COCKPIT_PDF, COCKPIT_SPREADSHEET, PROGRESS_DOCX, PROGRESS_PDF
from portal.dossier.services import DOSSIER, FORMATS as EXCHANGE_FORMATS
from portal.general_review.files import GENERAL_PDF
from questionnaires.documents.tasks import render_document_task
from questionnaires.responses.jobs import DRAFT_FORMATS, SUBMISSION_FORMATS
from tests.factories.core import JobFactory
from tests.permissions.canaries import WORD
from tests.permissions.pieces import Planter
from tests.permissions.urls_base import DRAFT, OBSERVATIONS, SENT, Scene

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(missing_pdf_libraries()), reason="this machine cannot make PDF documents"),
]

# The kinds of the draw hold nothing of a review: tests/pdf/test_draw_protocol.py. The print of the cockpit holds steps
# and dates and nothing that anybody wrote: tests/pdf/test_cockpit.py; the progress report no State's name either:
# tests/pdf/test_progress.py, tests/portal/general_review.
# Made for one reader: tests/portal/dossier/test_leaks.py, test_exchange_documents.py.
OF_ONE_READER = {DOSSIER, *EXCHANGE_FORMATS.values()}
OF_THE_COCKPIT = {COCKPIT_PDF, COCKPIT_SPREADSHEET, PROGRESS_PDF, PROGRESS_DOCX, GENERAL_PDF}
_TRANSLATION_FORMATS = {"pdf": TRANSLATION_PDF, "docx": TRANSLATION_DOCX, "xml": TRANSLATION_AKN}
_OF = (
    (DRAFT_FORMATS, DRAFT, "questionnaires.Answer.text", render_document_task),
    (SUBMISSION_FORMATS, SENT, "questionnaires.ResponseSubmission.document", render_document_task),
    (TEXT_FORMATS, OBSERVATIONS, "observations.TextVersion.document", render_text_task),
    (_TRANSLATION_FORMATS, OBSERVATIONS, "observations.TranslationOrder.words", render_translation_task),
)
DOCUMENTS = {kind: (ending, *facts) for formats, *facts in _OF for ending, kind in formats.items()}


_ANSWERED = re.compile(r"Words on [\w.]+")  # tests.utils.first_answer
_CODE = re.compile(r"\b(?:I|II|III|IV)\.(?:untoc|tip|som|firearms)\.[\w.]*")


def target_of(kind: str, scene: Scene) -> Any:
    if kind in DRAFT_FORMATS.values():
        return scene.cast.response
    if kind in _TRANSLATION_FORMATS.values():
        return scene.pieces.translation_confirmed
    return scene.submission if kind in SUBMISSION_FORMATS.values() else Planter(scene.cast).text("tip")


def words_of(job: Job) -> str:
    with job.result.open("rb") as file:
        content = io.BytesIO(file.read())
    if PurePath(job.file_name).suffix == ".docx":
        return " ".join(paragraph.text for paragraph in WordDocument(content).paragraphs)
    if PurePath(job.file_name).suffix in {".xml", ".html"}:
        return content.read().decode()
    # Without white space: a word may be broken where a line ends.
    return "".join("".join(page.extract_text() for page in PdfReader(content).pages).split())


def test_every_kind_of_document_is_looked_through() -> None:
    of_reviews = {kind for kind in jobs.registered_kinds() if not kind.startswith("lots.")}
    assert of_reviews - OF_THE_COCKPIT - OF_ONE_READER == set(DOCUMENTS)


@pytest.mark.scene
@pytest.mark.parametrize(("kind", "stage"), [(kind, facts[1]) for kind, facts in DOCUMENTS.items()])
def test_a_document_holds_what_each_of_its_readers_may_read(scene: Scene, kind: str, stage: str) -> None:
    ending, _stage, content, task = DOCUMENTS[kind]
    target, people = target_of(kind, scene), scene.cast.people
    job = JobFactory(
        kind=kind,
        target_type=audit_name_of(target),
        target_id=target.pk,
        requested_by=scene.cast.focal_point,
        file_name=f"document.{ending}",
    )
    task.run(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.DONE, "")
    action = jobs.find(job.pk).kind.action
    text = words_of(job)
    assert content in {scene.canaries.fields[word] for word in WORD.findall(text)}, "the words are really printed"
    leaks = {name: scene.canaries.leaked_to(name, text) for name, user in people.items() if can(user, action, target)}
    assert {name: leaked for name, leaked in leaks.items() if leaked} == {}
    assert _CODE.findall(_ANSWERED.sub("", text)) == [], "a question has a number, and its code is the database's own"
