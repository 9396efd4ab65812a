"""Files of a completed questionnaire: long work that a task does."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from core import audit, jobs
from core.jobs import JobKind, PageOfOrigin
from core.models import Job
from core.policy import require
from questionnaires.definitions.enums import ResponseAction
from questionnaires.documents.origins import find_response, find_submission, page_of_response, page_of_submission
from questionnaires.documents.tasks import render_document_task
from questionnaires.responses import DRAFT_FORMATS, SUBMISSION_FORMATS
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.submissions import open_submission


@transaction.atomic
def start_draft(actor: User, response: Response, *, ending: str) -> Job:
    """Queue the draft as a file (``ending``: one of FORMATS), all of it in the language of the answers.

    As every document whose text has a language, whatever that of the pages is: it may go out of the house.
    """
    require(actor, ResponseAction.RENDER_DRAFT, response)
    name = f"{response.review.code}-draft-{response.language}.{ending}"
    return _start(actor, DRAFT_FORMATS[ending], response, name)


@transaction.atomic
def start_submission(actor: User, submission: ResponseSubmission, *, ending: str) -> Job:
    """The same of what was sent; who asks for it opens the answers."""
    require(actor, ResponseAction.RENDER_SUBMISSION, submission)
    open_submission(actor, submission)
    name = f"{submission.review.code}-answers-v{submission.number}-{submission.language}.{ending}"
    return _start(actor, SUBMISSION_FORMATS[ending], submission, name)


def _start(actor: User, kind: str, target: Response | ResponseSubmission, file_name: str) -> Job:
    language = target.language
    job = jobs.start(kind=kind, target=target, requested_by=actor, language=language, file_name=file_name)
    audit.record(actor, "questionnaires.document.requested", target, after={"kind": kind, "language": language})
    return job


def note_taken(actor: User, target: Response | ResponseSubmission) -> None:
    """Called before a file is handed out; the policy has been asked. Answers that were sent count as opened."""
    if isinstance(target, ResponseSubmission):
        open_submission(actor, target)
    audit.record(actor, "questionnaires.document.taken", target)


def _kind(
    kind: str, ending: str, action: ResponseAction, find: Callable[[Job], Any], page_of: Callable[[Any], PageOfOrigin]
) -> JobKind:
    start = start_draft if action == ResponseAction.RENDER_DRAFT else start_submission
    again, title = jobs.in_its_language(start, ending=ending), _("Completed questionnaire")
    return JobKind(
        kind,
        action,
        find,
        again,
        page_of,
        render_document_task,
        title,
        note_taken,
        is_personal=True,
        scope_group="answers",
    )


KINDS = (
    *(
        _kind(kind, ending, ResponseAction.RENDER_DRAFT, find_response, page_of_response)
        for ending, kind in DRAFT_FORMATS.items()
    ),
    *(
        _kind(kind, ending, ResponseAction.RENDER_SUBMISSION, find_submission, page_of_submission)
        for ending, kind in SUBMISSION_FORMATS.items()
    ),
)
