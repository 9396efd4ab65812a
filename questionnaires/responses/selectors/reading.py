"""Answers to read: a section of a draft, a version that was sent, the way an answer went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.database.identity import found_for_policy
from core.language.rendering import written_in
from questionnaires.definitions import AnswerValue, Item, PartDefinition, PlacedSection, VersionIndex, index_of
from questionnaires.responses.comparing import said_of_laws, supplements_of
from questionnaires.responses.completeness import states_of
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Response, ResponseSubmission, SectionAssignment
from questionnaires.responses.passages import passage_of
from questionnaires.responses.selectors.responses import ItemState, ResponseOverview, answers_in, remember_response
from questionnaires.responses.selectors.sheets import Sheet
from questionnaires.responses.selectors.submissions import latest_submission
from questionnaires.responses.selectors.written import EMPTY, AnswerSnapshot
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.participation import participants_of


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section with its answers, as it is read and printed. ``beside``: what something was sent beside."""

    place: PlacedSection
    items: tuple[ItemState, ...]
    beside: frozenset[str] = frozenset()

    @property
    def asked_items(self) -> tuple[ItemState, ...]:
        """Also those that are asked no longer and to which something was sent beside, so that it is read."""
        return tuple(state for state in self.items if state.is_asked or state.item.code in self.beside)


@dataclass(frozen=True, slots=True)
class ReadPart:
    """The share of one instrument with its answers."""

    part: PartDefinition
    sections: tuple[ReadSection, ...]


def draft_parts(overview: ResponseOverview) -> tuple[ReadPart, ...]:
    """All sections of a draft that its reader may see, with the answers as they are now; one query."""
    places = tuple(progress.place for progress in overview.sections)
    items = [item for place in places for item in place.section.items]
    return _parts(places, overview.states, answers_in(overview.response, items, overview.sheet))


def sent_parts(submission: ResponseSubmission) -> tuple[ReadPart, ...]:
    """What was sent, from the frozen document alone; no query once the questionnaire is known."""
    index = index_of(submission.version_id)
    document = submission.document
    places = index.applicable_sections(document["party_to"])
    said = said_of_laws(document)
    taken_over = {each["code"]: each for each in document.get("taken_over", ())}
    snapshots = {
        answer["code"]: _sent_answer(answer, submission.rendered, said, taken_over.get(answer["code"]))
        for answer in document["answers"]
    }
    values = {
        code: AnswerValue(given.choices, given.text, given.is_outside_competence) for code, given in snapshots.items()
    }
    items = tuple(item for place in places for item in place.section.items)
    beside = frozenset(each["code"] for each in supplements_of(document))
    return _parts(places, states_of(items, index.optional, values), snapshots, beside)


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


def _parts(
    places: Iterable[PlacedSection],
    states: Mapping[str, AnswerState],
    snapshots: Mapping[str, AnswerSnapshot],
    beside: frozenset[str] = frozenset(),
) -> tuple[ReadPart, ...]:
    by_part: dict[str, list[ReadSection]] = {}
    parts: dict[str, PartDefinition] = {}
    for place in places:
        parts[place.part.instrument] = place.part
        items = tuple(
            ItemState(item, snapshots.get(item.code, EMPTY), states.get(item.code)) for item in place.section.items
        )
        by_part.setdefault(place.part.instrument, []).append(ReadSection(place, items, beside))
    return tuple(ReadPart(parts[slug], tuple(sections)) for slug, sections in by_part.items())


def get_submission(review: Review) -> ResponseSubmission:
    """The last version sent; the caller asks the policy. Raises Http404 where nothing was sent yet."""
    submission = found_for_policy(lambda: latest_submission(review))
    if submission is None:
        raise Http404(_("The answers have not been sent yet."))
    remember_response(submission.response)
    return submission


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


def find_item(index: VersionIndex, code: str) -> Item:
    """Raises Http404 where the questionnaire has no such item."""
    if code not in index.items:
        raise Http404
    return index.items[code]


def contributors_of(review: Review) -> QuerySet[Participation]:
    """The national contributors who take part now."""
    return participants_of(review).filter(role=ParticipationRole.NATIONAL_CONTRIBUTOR)


def assignments_of(response: Response) -> QuerySet[SectionAssignment]:
    """Which sections were sent to whom, without those whose participation has ended."""
    return SectionAssignment.objects.filter(response=response, participation__ended_at=None).select_related(
        "participation__user"
    )


def assignments_to(response: Response, sheet: Sheet) -> QuerySet[SectionAssignment]:
    """What was sent to the contributor who writes on ``sheet``, by date."""
    rows = assignments_of(response).filter(participation=sheet.participation_id).select_related("section", "question")
    return rows.order_by(F("due_on").asc(nulls_last=True), "section__part__order", "section__order", "question__order")


def get_contributor(user: User, review: Review, participation_id: str) -> Participation:
    """A national contributor of a review that was obtained for ``user``. Raises Http404."""
    participation = contributors_of(review).filter(pk=participation_id).first()
    if participation is None:
        raise Http404
    return participation
