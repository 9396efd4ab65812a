"""What was sent, to be read: its parts and sections, and the laws that it cites."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.http import Http404
from django.utils.translation import gettext as _

from core.database.identity import found_for_policy
from core.language.rendering import written_in
from core.policy import explain
from questionnaires.definitions import AnswerValue, Item, index_of
from questionnaires.progress import AnswerSnapshot, ReadPart, ReadSection, read_parts, states_of
from questionnaires.responses import remember_response
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions.comparing import said_of_laws, supplements_of
from questionnaires.submissions.passages import passage_of
from questionnaires.submissions.selectors.submissions import last_recalled, latest_submission
from reviews.cases.models import Review


def sent_parts(submission: ResponseSubmission) -> tuple[ReadPart, ...]:
    """What was sent, from the frozen document alone; no query once the questionnaire is known."""
    index = index_of(submission.version_id)
    document = submission.document
    places = index.applicable_sections(document["party_to"])
    snapshots = snapshots_in(document, submission.rendered)
    values = {
        code: AnswerValue(given.choices, given.text, given.is_outside_competence) for code, given in snapshots.items()
    }
    items = tuple(item for place in places for item in place.section.items)
    beside = frozenset(each["code"] for each in supplements_of(document))
    return read_parts(places, states_of(items, index.optional, values), snapshots, beside)


def snapshots_in(document: Mapping[str, Any], rendered: Mapping[str, str]) -> dict[str, AnswerSnapshot]:
    """The answers of a frozen document by question, each citation with what the document says of the law."""
    said = said_of_laws(document)
    taken_over = {each["code"]: each for each in document.get("taken_over", ())}
    return {
        answer["code"]: _sent_answer(answer, rendered, said, taken_over.get(answer["code"]))
        for answer in document["answers"]
    }


def _sent_answer(
    answer: Mapping[str, Any],
    rendered: Mapping[str, str],
    said: Mapping[str, Mapping[str, Any]],
    taken_over: Mapping[str, Any] | None,
) -> AnswerSnapshot:
    """A citation of a law of the library has besides what was ``said`` of that."""
    text = written_in(answer["text"], rendered)
    is_outside = answer.get("is_outside_competence", False)
    citations = tuple(
        {**citation, "said": said[citation["law"]]} if citation["law"] in said else citation
        for citation in answer["citations"]
    )
    return AnswerSnapshot(tuple(answer["choices"]), text, citations, 1, None, "", is_outside, taken_over)


def get_submission(review: Review) -> ResponseSubmission:
    """The last version sent; the caller asks the policy. Raises Http404 where nothing was sent yet."""
    submission = found_for_policy(lambda: latest_submission(review))
    if submission is None:
        raise Http404(_("The answers have not been sent yet."))
    remember_response(submission.response)
    return submission


def submission_for(user: Any, review: Review, action: TextChoices) -> ResponseSubmission:
    """What stands; where that was recalled its own State finds none, and all others are refused with a word.

    The caller asks the policy for ``action`` on it. Raises Http404 as ``get_submission``.
    """
    try:
        return get_submission(review)
    except Http404:
        recalled = found_for_policy(lambda: last_recalled(review))
        if recalled is None or explain(user, action, recalled):
            raise
        return recalled


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """A law or decision that the answers name, with the provisions named of it in the order of the form, each with
    the address where it is read; ``link`` is that of the whole. ``said``: what the library said of it; None where the
    answers alone name it. ``items``: those whose answers cite it.
    """

    law: str
    link: str
    provisions: tuple[tuple[str, str], ...]
    said: Mapping[str, Any] | None = None
    items: tuple[Item, ...] = ()

    @property
    def passages(self) -> tuple[tuple[str, str], ...]:
        """Of what the State has written out of the law, the beginning of each provision that is named."""
        text = str(self.said["text"]) if self.said else ""
        found = ((provision, passage_of(text, provision)) for provision, _link in self.provisions)
        return tuple((provision, passage) for provision, passage in found if passage)


def laws_sent(submission: ResponseSubmission) -> list[CitedLaw]:
    """What the answers that were sent cite, each once, by name; no query once the questionnaire is known."""
    return laws_in(section for part in sent_parts(submission) for section in part.sections)


def laws_in(sections: Iterable[ReadSection]) -> list[CitedLaw]:
    """The same of some sections. Names of one law of the library are that law."""
    found: dict[str, _Cited] = {}
    for state in (state for section in sections for state in section.asked_items):
        for citation in state.answer.citations:
            said: Any = citation.get("said")
            law = said["title"] if said else citation["law"]
            cited = found.setdefault(law, _Cited(said, {"": said["link"]} if said and said["link"] else {}, {}))
            provision = citation.get("provision", "")
            cited.links[provision] = cited.links.get(provision) or citation.get("link", "")
            cited.items[state.item.code] = state.item
    return [
        CitedLaw(
            law,
            cited.links.get("", ""),
            tuple((provision, link) for provision, link in cited.links.items() if provision),
            cited.said,
            tuple(cited.items.values()),
        )
        for law, cited in sorted(found.items())
    ]


class _Cited(NamedTuple):
    said: Mapping[str, Any] | None
    links: dict[str, str]
    items: dict[str, Item]
