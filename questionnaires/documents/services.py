"""PDFs of a completed questionnaire: long work that a task does."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core import audit, jobs
from core.jobs import JobKind
from core.models import Job
from core.policy import require
from questionnaires.definitions.enums import ResponseAction
from questionnaires.documents.origins import find_response, find_submission, page_of_response, page_of_submission
from questionnaires.documents.tasks import render_pdf_task
from questionnaires.responses import DRAFT_PDF, SUBMISSION_PDF
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.submissions import open_submission


@transaction.atomic
def start_draft_pdf(actor: User, response: Response, *, language: str) -> Job:
    """Queue the PDF of the draft, with interface words in ``language``; the answers stay in theirs."""
    require(actor, ResponseAction.RENDER_DRAFT, response)
    return _start(actor, DRAFT_PDF, response, language, f"{response.review.code}-draft-{language}.pdf")


@transaction.atomic
def start_submission_pdf(actor: User, submission: ResponseSubmission, *, language: str) -> Job:
    """Queue the PDF of what was sent, with interface words in ``language``; who asks for it opens the answers."""
    require(actor, ResponseAction.RENDER_SUBMISSION, submission)
    open_submission(actor, submission)
    name = f"{submission.review.code}-answers-v{submission.number}-{language}.pdf"
    return _start(actor, SUBMISSION_PDF, submission, language, name)


def _start(actor: User, kind: str, target: Response | ResponseSubmission, language: str, file_name: str) -> Job:
    job = jobs.start(kind=kind, target=target, requested_by=actor, language=language, file_name=file_name)
    audit.record(actor, "questionnaires.document.requested", target, after={"kind": kind, "language": language})
    return job


def note_taken(actor: User, target: Response | ResponseSubmission) -> None:
    """Called before a file is handed out; the policy has been asked. Answers that were sent count as opened."""
    if isinstance(target, ResponseSubmission):
        open_submission(actor, target)
    audit.record(actor, "questionnaires.document.taken", target)


_TITLE = _("PDF of the questionnaire")
KINDS = (
    JobKind(
        DRAFT_PDF,
        ResponseAction.RENDER_DRAFT,
        find_response,
        start_draft_pdf,
        page_of_response,
        render_pdf_task,
        _TITLE,
        note_taken,
        is_personal=True,
    ),
    JobKind(
        SUBMISSION_PDF,
        ResponseAction.RENDER_SUBMISSION,
        find_submission,
        start_submission_pdf,
        page_of_submission,
        render_pdf_task,
        _TITLE,
        note_taken,
        is_personal=True,
    ),
)
