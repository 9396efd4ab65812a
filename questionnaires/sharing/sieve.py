"""What of answers that were sent goes to others: exactly what was chosen, as a document of its own; pure.

The hash of what was sent is no part of it: who knows all answers but one would find that one by trying.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.hashes import document_hash
from questionnaires.definitions import index_of
from questionnaires.progress import ReadPart, ReadSection, read_parts
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import sent_parts, snapshots_in

SHARED_FORMAT_VERSION = 1
_OF_LAW = (
    "entry",
    "kind",
    "title",
    "translation",
    "number",
    "language",
    "status",
    "link",
    "text",
    "articles",
    "dated",
    "since",
)


@dataclass(frozen=True, slots=True)
class AnswersChoice:
    """What is opened: sections by their keys (``section_key``), laws and files by those that the answers name."""

    sections: tuple[str, ...]
    laws: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def section_key(section: ReadSection) -> str:
    return "/".join(section.place.address)


def sections_of(submission: ResponseSubmission) -> list[ReadSection]:
    """All that can be chosen, in the order of the questionnaire."""
    return [section for part in sent_parts(submission) for section in part.sections]


def every_section(submission: ResponseSubmission) -> AnswersChoice:
    """The answers whole, without any law or file."""
    return AnswersChoice(tuple(section_key(section) for section in sections_of(submission)))


def shared_document(submission: ResponseSubmission, choice: AnswersChoice) -> dict[str, Any]:
    """The answers of the chosen sections, of the chosen laws those that they cite, and of these the chosen files.

    What was sent beside the answers is left out, and so is which answers were taken over from elsewhere.
    """
    wanted = [section for section in sections_of(submission) if section_key(section) in choice.sections]
    items = {section_key(each): [state.item.code for state in each.items if state.is_asked] for each in wanted}
    codes = {code for asked in items.values() for code in asked}
    answers = [_answer(given) for given in submission.document["answers"] if given["code"] in codes]
    sent = submission.document
    return {
        "format_version": SHARED_FORMAT_VERSION,
        **{name: sent[name] for name in ("mechanism", "review", "state_under_review", "questionnaire", "language")},
        "sections": [{"section": key, "items": asked} for key, asked in items.items()],
        "answers": answers,
        "laws": list(_laws(sent.get("laws", ()), answers, choice)),
    }


def hash_of_choice(submission: ResponseSubmission, choice: AnswersChoice) -> str:
    """Of what others would read; what a focal point has seen is told by it."""
    return document_hash(shared_document(submission, choice))


def _answer(given: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: given[name] for name in ("code", "choices", "text", "citations")}
    return {**kept, "is_outside_competence": True} if given.get("is_outside_competence") else kept


def _laws(
    laws: Iterable[Mapping[str, Any]], answers: Iterable[Mapping[str, Any]], choice: AnswersChoice
) -> Iterator[dict[str, Any]]:
    cited = {citation["law"] for answer in answers for citation in answer["citations"]}
    for law in laws:
        names = [name for name in law["cited_as"] if name in cited]
        if names and law["entry"] in choice.laws:
            files = [file for file in law.get("files", ()) if file["file"] in choice.files]
            yield {"cited_as": names, **{name: law[name] for name in _OF_LAW if name in law}, "files": files}


def parts_in(document: Mapping[str, Any], version_id: Any, rendered: Mapping[str, str]) -> tuple[ReadPart, ...]:
    """A shared document to be read, from itself alone; no query once the questionnaire is known."""
    chosen = {each["section"]: frozenset(each["items"]) for each in document["sections"]}
    places = [place for place in index_of(version_id).sections if "/".join(place.address) in chosen]
    snapshots = snapshots_in(document, rendered)
    states = {
        item.code: _state(item.code in chosen["/".join(place.address)], is_answered=item.code in snapshots)
        for place in places
        for item in place.section.items
    }
    return read_parts(places, states, snapshots)


def _state(is_asked: bool, *, is_answered: bool) -> AnswerState:
    if not is_asked:
        return AnswerState.NOT_ASKED
    return AnswerState.ANSWERED if is_answered else AnswerState.EMPTY


def choice_of(document: Mapping[str, Any]) -> AnswersChoice:
    """What was chosen for a shared document."""
    return AnswersChoice(
        tuple(each["section"] for each in document["sections"]),
        tuple(law["entry"] for law in document["laws"]),
        tuple(file["file"] for law in document["laws"] for file in law["files"]),
    )
