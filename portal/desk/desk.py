"""The review desk: the answers that a State sent, with everything that is written on them, counted by section."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dialogue.desk import Desk, QuestionPlace
from dialogue.split import SplitAt, address_of, split_on_desk
from portal.desk.remarks import CountsOnDesk, counts_on_desk
from questionnaires.progress import ReadSection
from questionnaires.responses.enums import AnswerState
from reviews.programme.models import Article


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article under review and where its questions are.

    ``url`` is empty where the questionnaire asks none; ``comment_url`` then leads those who may write on it to a page.
    """

    article: Article
    url: str
    comment_url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """What the reader finds in a section; ``is_covered``: his or her State reviews its instrument."""

    section: ReadSection
    url: str
    answers: int
    drafts: int
    words: int
    remarks: int
    clarifications: int
    unanswered: int
    observations: int
    split: SplitAt
    is_covered: bool


def counts_by_section(desk: Desk) -> dict[str, list[SectionCounts]]:
    """For each instrument its sections with what is written there."""
    counts, split = counts_on_desk(desk.user, desk.review), split_on_desk(desk.user, desk.review)
    return {
        part.part.instrument: [
            _counts(desk, counts, section, split.get(address_of(section.place), SplitAt())) for section in part.sections
        ]
        for part in desk.parts
    }


def _counts(desk: Desk, counts: CountsOnDesk, section: ReadSection, split: SplitAt) -> SectionCounts:
    codes = [state.item.code for state in section.items]
    places = list(_places_of(section))
    drafts = (desk.feedback.drafts.get(place) for place in places)
    return SectionCounts(
        section=section,
        url=desk.url_of(section),
        answers=sum(state.state == AnswerState.ANSWERED for state in section.items),
        drafts=sum(1 for draft in drafts if draft is not None and draft.text),
        words=desk.words_in(section),
        remarks=sum(len(desk.feedback.remarks.get(place, ())) for place in places),
        clarifications=_total(counts.clarifications, codes),
        unanswered=_total(counts.unanswered, codes),
        observations=sum(1 for found in counts.observations if not found.isdisjoint(places)),
        split=split,
        is_covered=section.place.part.instrument in desk.covered,
    )


def _places_of(section: ReadSection) -> Iterator[QuestionPlace]:
    instrument = section.place.part.instrument
    yield from (QuestionPlace(instrument, state.item.code) for state in section.items)
    yield from (QuestionPlace(instrument, article=int(number)) for number in section.place.section.articles)


def _total(counts: Mapping[str, int], codes: Iterable[str]) -> int:
    return sum(counts.get(code, 0) for code in codes)
