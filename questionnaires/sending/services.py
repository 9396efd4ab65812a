"""The life of a response: opened, submitted for clearance or returned, cleared and sent, and recalled."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.database.identity import opening_rooms
from core.errors import OutdatedError, ServiceError
from core.hashes import document_hash
from core.language.rendering import render_all
from core.language.text import require_text
from core.models.names import audit_name_of
from core.policy import require
from questionnaires.assignments import share_what_stands
from questionnaires.definitions import current_version
from questionnaires.definitions.enums import ResponseAction
from questionnaires.definitions.models import Questionnaire
from questionnaires.margin import start_thread
from questionnaires.responses import lock_response
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.beside import held_back
from questionnaires.sending.document import hash_of_draft, says_the_same, submission_document, texts_in
from questionnaires.sending.putting_back import put_back
from questionnaires.submissions import last_before, last_submission
from reviews.bringing.models import BroughtPiece
from reviews.capacities import record_clearance
from reviews.cases import language_of, lock_review, tell
from reviews.cases.enums import News, ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.opening import reason_to_begin, warnings_of_answering
from reviews.participation import participants_of
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.steps import (
    advance_to_kind,
    move_back,
    open_exchange,
    reach_milestone,
    receive_answers,
    record_consultations,
    tell_of_recall,
    tell_of_version,
)

_OF_STATUS = (
    "status",
    "return_reason",
    "sent_at",
    "recalled_at",
    "recall_reason",
    "recalled_numbers",
    "revised_at",
    "revision_reason",
)


@transaction.atomic
def open_response(actor: Actor, review: Review, *, language: str = "", reason: str = "") -> Response:
    """Open the self-assessment of a review on the published questionnaire of its cluster.

    Where the consultations were not recorded yet they are now. ``language`` is that in which the State answers: the
    first working language on which the States agreed where none is named. ``reason``: why it is opened all the same
    while the last phase of the State runs, or before the first day of the review; ServiceError for want of it.
    """
    require(actor, ResponseAction.OPEN, review)
    reason = reason_to_begin(actor, warnings_of_answering(review), reason)
    if review.step.kind == StepKind.CONSULTATION:
        record_consultations(actor, review)
    questionnaire = Questionnaire.objects.filter(cluster_id=review.phase.cluster_id).first()
    if questionnaire is None:
        raise ServiceError(_("No questionnaire has been published for this cluster."))
    with opening_rooms():  # whoever opens it has no key to this room
        response = Response.objects.create(
            review=review,
            room=review.state_under_review,
            language=language or language_of(review),
            version=current_version(questionnaire),
            party_to=review.party_to,
        )
    version = {"version": str(response.version)}
    audit.record(actor, "questionnaires.response.opened", response, after=version, reason=reason)
    return response


@transaction.atomic
def submit_response_for_clearance(actor: User, response: Response) -> Response:
    """Lay the answers before the focal point, who is told; until they come back only the focal point changes them."""
    locked = lock_response(response)
    require(actor, ResponseAction.SUBMIT_FOR_CLEARANCE, locked)
    _set_status(actor, locked, ResponseStatus.IN_CLEARANCE, "submitted_for_clearance")
    _tell_own(actor, locked, ParticipationRole.FOCAL_POINT, News.ANSWERS_LAID_BEFORE)
    return locked


@transaction.atomic
def return_response(actor: User, response: Response, *, reason: str, codes: Sequence[str] = ()) -> Response:
    """Give the answers back to the experts, who are told, with a word why (required).

    ``codes``: the questions that it is about; at each the word stands as a margin note that mentions the experts.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.RETURN, locked)
    locked.return_reason = require_text(reason, _("Say what the experts should change."), field="reason")
    _set_status(actor, locked, ResponseStatus.OPEN, "returned")
    _tell_own(actor, locked, ParticipationRole.GOVERNMENTAL_EXPERT, News.ANSWERS_RETURNED)
    experts = [row.user_id for row in _own(locked, ParticipationRole.GOVERNMENTAL_EXPERT)]
    for code in codes:
        start_thread(actor=actor, response=locked, code=code, text=locked.return_reason, mentioned=experts)
    return locked


@transaction.atomic
def clear_response(actor: User, response: Response, *, sha256: str, number: int) -> ResponseSubmission:
    """Clear and send: freeze what is asked and answered, hash it, lay it on the shared table and move the review on.

    Where a version stands already this is the next one, and the review stays where it is. ``sha256`` is that of the
    answers which the focal point was shown (``hash_of_draft``), ``number`` the version as which they would be sent
    (``Response.next_number``), and neither is left out. The lock keeps out answers that are being saved at this moment;
    after it none is taken (``answers.store``). Raises OutdatedError where somebody has changed an answer since, or has
    sent and recalled the same ones; ServiceError where nothing has changed since the version that stands.
    """
    lock_review(response.review)
    locked = lock_response(response)
    require(actor, ResponseAction.CLEAR, locked)
    review, stood = locked.review, last_submission(locked)
    if number != locked.next_number:
        raise OutdatedError(_sent_meanwhile(locked))
    document = submission_document(locked)
    if sha256 != document_hash(document):
        raise OutdatedError(_("The answers have changed since you opened this page. Please look at them again."))
    if stood is not None and says_the_same(stood.document, document):
        words = _("Nothing has changed since version %(number)s: there is nothing to send. Give the new version up.")
        raise ServiceError(words % {"number": stood.number})
    if words := held_back(locked, sha256):
        raise ServiceError(words)
    submission = freeze(actor, locked, document)
    locked.sent_at, locked.recalled_at = submission.sent_at, None
    locked.revised_at, locked.revision_reason = None, ""
    _set_status(actor, locked, ResponseStatus.SENT, "cleared", version=number, sha256=submission.sha256)
    if stood is None:
        reach_milestone(review, MilestoneKind.ANSWERS, timezone.localdate())
        state = StateParty.objects.get(pk=review.state_under_review_id)
        advance_to_kind(actor, review, StepKind.FEEDBACK, acting_for=state)
        receive_answers(review, number=submission.number)
    else:
        tell_of_version(review, number=submission.number)
    response.refresh_from_db()
    return submission


def _sent_meanwhile(locked: Response) -> str:
    if locked.next_number - 1 in locked.recalled_numbers:
        return _("The answers were sent and recalled since you opened this page. Please look at them again.")
    return _("Another version has come to stand since you opened this page. Please look at the answers again.")


def freeze(actor: User, locked: Response, document: dict[str, Any]) -> ResponseSubmission:
    """Lay the next version on the shared table, cleared by ``actor``; the caller has locked it and asked the policy."""
    submission = ResponseSubmission.objects.create(
        review=locked.review,
        room=None,
        language=locked.language,
        response=locked,
        number=locked.next_number,
        document=document,
        rendered=render_all(texts_in(document)),
        sha256=document_hash(document),
        cleared_by=actor,
        sent_at=timezone.now(),
    )
    record_clearance(
        focal_point=actor,
        review=locked.review,
        document_type=audit_name_of(ResponseSubmission),
        document_id=submission.pk,
        version=submission.number,
        sha256=submission.sha256,
    )
    return submission


@transaction.atomic
def recall_response(actor: User, response: Response, *, reason: str, number: int) -> Response:
    """Take back what was sent, as long as nobody of a reviewing State has opened it: the State drafts it again.

    ``number`` is the version that the focal point was shown. It stays as it was sent, with its hash, for the own State
    alone; the next one has the next number. The lock keeps out whoever is about to open it (``open_submission``). Where
    another version stood before, that one stands again, and what was recalled is the draft of the next. Raises
    ServiceError where another version has been sent since.
    """
    lock_review(response.review)
    locked = lock_response(response)
    require(actor, ResponseAction.RECALL, locked)
    locked.recall_reason = require_text(reason, _("Say why you recall the answers."), maximum=5000, field="reason")
    submission, review = last_submission(locked), locked.review
    if submission is None or submission.number != number:
        raise ServiceError(_("Another version has been sent since you opened this page. Please look at it again."))
    locked.recalled_numbers = [*locked.recalled_numbers, number]
    before = last_before(locked, number)
    locked.return_reason, locked.recalled_at = "", timezone.now()
    locked.sent_at = before.sent_at if before else None
    if before is not None:
        locked.revised_at, locked.revision_reason = timezone.now(), submission.document["revises"]["reason"]
    _set_status(actor, locked, ResponseStatus.OPEN, "recalled", version=number, sha256=submission.sha256)
    if before is None:
        state = StateParty.objects.get(pk=review.state_under_review_id)
        move_back(actor, review, StepKind.QUESTIONNAIRE, undone=MilestoneKind.ANSWERS, acting_for=state)
    tell_of_recall(review, number=number, is_later=before is not None)
    response.refresh_from_db()
    return locked


@transaction.atomic
def begin_revision(actor: User, response: Response, *, reason: str, number: int) -> Response:
    """Open the answers to the own State once more, while version ``number``, as the page has shown it, stands.

    The reviewing States read the ``reason`` with the version that comes of it. Raises ServiceError where another
    version stands by now.
    """
    lock_review(response.review)
    locked = lock_response(response)
    require(actor, ResponseAction.REVISE, locked)
    reason = require_text(reason, _("Say why a new version is needed."), maximum=5000, field="reason")
    stands = last_submission(locked)
    if stands is None or stands.number != number:
        raise ServiceError(_("Another version has been sent since you opened this page. Please look at it again."))
    locked.revised_at, locked.revision_reason, locked.return_reason = timezone.now(), reason, ""
    locked.recalled_at = None
    _set_status(actor, locked, ResponseStatus.OPEN, "revision_begun", version=locked.next_number)
    response.refresh_from_db()
    return locked


@transaction.atomic
def give_up_revision(actor: User, response: Response, *, sha256: str, number: int) -> Response:
    """Take the answers back to what version ``number``, which stands, says; all that was typed stays in the history.

    ``sha256`` is that of the draft which the focal point was shown (``hash_of_draft``). Raises ServiceError where
    somebody has written since, or another version stands.
    """
    lock_review(response.review)
    locked = lock_response(response)
    require(actor, ResponseAction.GIVE_UP, locked)
    stands = last_submission(locked)
    if stands is None or stands.number != number:
        raise ServiceError(_sent_meanwhile(locked))
    if sha256 != hash_of_draft(locked):
        raise ServiceError(_("The answers have changed since you opened this page. Please look at them again."))
    put_back(actor, locked, stands)
    locked.revised_at, locked.revision_reason, locked.return_reason = None, "", ""
    locked.recalled_at = None
    _set_status(actor, locked, ResponseStatus.SENT, "revision_given_up", version=number)
    response.refresh_from_db()
    return locked


def receive_brought_answers(
    *,
    actor: User,
    review: Review,
    document: dict[str, Any],
    piece: BroughtPiece,
    version_id: UUID,
    sent_at: dt.datetime,
) -> ResponseSubmission:
    """Lay answers on the shared table that the State had sent elsewhere; a worker's work.

    Nobody has cleared them here: they carry the piece that says so, and nothing is written into a room. The caller has
    asked the policy, holds the review and has checked the answers. Raises ServiceError where answers were given here.
    """
    response = Response.objects.filter(review=review).first()
    if response is None:
        with opening_rooms():
            response = Response.objects.create(
                review=review,
                room=review.state_under_review,
                language=document["language"],
                version_id=version_id,
                party_to=review.party_to,
                status=ResponseStatus.SENT,
                sent_at=sent_at,
                is_brought_in=True,
            )
    elif not response.is_brought_in:
        raise ServiceError(_("The State answers in the portal: nothing is brought in over that."))
    submission = ResponseSubmission.objects.create(
        review=review,
        room=None,
        language=document["language"],
        response=response,
        number=response.next_number,
        document=document,
        rendered=render_all(answer["text"] for answer in document["answers"]),
        sha256=document_hash(document),
        brought_piece=piece,
        sent_at=sent_at,
    )
    open_exchange(review)
    after = {"sha256": submission.sha256, "file_sha256": piece.sha256}
    audit.record(actor, "questionnaires.response.brought_in", response, after=after)
    return submission


def _own(response: Response, role: ParticipationRole) -> QuerySet[Participation]:
    return participants_of(response.review).filter(state_party=response.room_id, role=role)


def _tell_own(actor: User, response: Response, role: ParticipationRole, news: News) -> None:
    """Tell those of the State under review in this role; no list of mails tells of what goes on in its room."""
    key, page = f"{response.pk}:{response.updated_at.isoformat()}", "questionnaires:response-detail"
    people = [row.user for row in _own(response, role)]
    tell(people, response.review, news, page=page, key=key, but=actor, is_private=True)


def _set_status(actor: User, response: Response, status: ResponseStatus, verb: str, **facts: str | int) -> Response:
    before, response.status = response.status, status
    response.save(update_fields=[*_OF_STATUS, "updated_at"])
    if before == ResponseStatus.SENT and status == ResponseStatus.OPEN:
        share_what_stands(response)
    audit.record(
        actor,
        f"questionnaires.response.{verb}",
        response,
        before={"status": before},
        after={"status": str(status), **facts},
    )
    return response
