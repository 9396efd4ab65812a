"""What would be sent: the document that is frozen and hashed, and what it says of the version before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from core.hashes import document_hash
from core.language.rendering import render_all
from questionnaires.definitions import VersionIndex, index_of
from questionnaires.progress import answer_values, answers_of, states_of
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.sending.beside import frozen_beside
from questionnaires.submissions import last_submission, supplements_of
from reviews.cases.models import Review

SUBMISSION_FORMAT_VERSION = 1


def hash_of_draft(response: Response) -> str:
    """The hash of what would be sent if the answers were cleared now."""
    return document_hash(submission_document(response))


def draft_submission(response: Response) -> ResponseSubmission:
    """What would be sent now, as a version that is not kept: to be read before it is cleared."""
    document = submission_document(response)
    return ResponseSubmission(
        review=response.review,
        response=response,
        language=response.language,
        number=response.next_number,
        document=document,
        rendered=render_all(texts_in(document)),
        sha256=document_hash(document),
        sent_at=timezone.now(),
    )


def submission_document(response: Response) -> dict[str, Any]:
    """The answers that are asked and given, in the order of the questionnaire; what is not asked stays in the room."""
    index = index_of(response.version_id)
    items = tuple(item for place in index.applicable_sections(response.party_to) for item in place.section.items)
    states = states_of(items, index.optional, answer_values(response))
    stored = {index.codes[answer.question_id]: answer for answer in answers_of(response)}
    answers = [
        _frozen(item.code, stored[item.code])
        for item in items
        if item.code in stored and states.get(item.code) != AnswerState.NOT_ASKED
    ]
    document = document_of(response.review, index, response.language, answers)
    stands = last_submission(response) if response.is_revised else None
    follows = follows_on(stands.document, stands.number, stands.sha256, response.revision_reason) if stands else {}
    return document | frozen_beside(response, answers) | follows


def _frozen(code: str, answer: Answer) -> dict[str, Any]:
    """An answer as it is sent; of an organization's competence it speaks only where that is the answer."""
    frozen = {"code": code, "choices": answer.choices, "text": answer.text, "citations": answer.citations}
    return {**frozen, "is_outside_competence": True} if answer.is_outside_competence else frozen


def document_of(
    review: Review, index: VersionIndex, language: str, answers: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """What is frozen of answers: each with ``code``, ``choices``, ``text`` and ``citations``, in printed order."""
    return {
        "format_version": SUBMISSION_FORMAT_VERSION,
        "review": review.code,
        "mechanism": review.mechanism.slug,
        "state_under_review": review.state_under_review.iso3,
        "questionnaire": {"slug": index.definition.slug, "version": index.number, "sha256": index.sha256},
        "language": language,
        "party_to": review.party_to,
        "answers": list(answers),
    }


def follows_on(stands: Mapping[str, Any], number: int, sha256: str, reason: str) -> dict[str, Any]:
    """What a version says of the one before: which it was, and why there is another; and what was sent beside that."""
    kept = {"supplements": stands["supplements"]} if stands.get("supplements") else {}
    return {**kept, "revises": {"number": number, "sha256": sha256, "reason": reason}}


def says_the_same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a version would say nothing else than the one before."""
    plain = ({key: value for key, value in document.items() if key != "revises"} for document in (before, after))
    first, second = plain
    return first == second


def texts_in(document: Mapping[str, Any]) -> Iterator[str]:
    """All texts of a document that are shown with their marks."""
    yield from (answer["text"] for answer in document["answers"])
    for supplement in supplements_of(document):
        yield from (supplement[name] for name in ("request", "text") if supplement.get(name))
