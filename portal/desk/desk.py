"""The review desk: the answers that a State sent, with everything that is written on them, counted by section."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from core.policy import explain
from dialogue.desk import CommentBox, Desk, QuestionPlace, Remark, anchor_of, clarifications_on_desk
from dialogue.exchange.models import ClarificationRequest, FeedbackComment
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Observation
from portal.desk.remarks import CountsOnDesk, counts_on_desk, list_on_desk, observations_on_desk
from questionnaires.definitions import PlacedSection
from questionnaires.responses import ItemState, ReadSection
from questionnaires.responses.enums import AnswerState
from reviews.cases.enums import ReviewAction
from reviews.programme.models import Article


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A question with its answer, or an article as a whole, and what is written on it.

    ``draft`` is the comment of the reader's State; ``box`` is there for those who may change it, and the addresses
    of the two forms for those who may ask and draft.
    """

    place: QuestionPlace
    anchor: str
    draft: FeedbackComment | None
    box: CommentBox | None
    remarks: Sequence[Remark]
    state: ItemState | None = None
    article: Article | None = None
    clarifications: Sequence[ClarificationRequest] = ()
    observations: Sequence[Observation] = ()
    ask_url: str = ""
    observe_url: str = ""

    @property
    def is_written_on(self) -> bool:
        has_draft = self.draft is not None and bool(self.draft.text)
        return has_draft or bool(self.remarks or self.clarifications or self.observations)

    @property
    def has_side(self) -> bool:
        """Whether there is anything to stand beside it."""
        return self.is_written_on or bool(self.box or self.ask_url or self.observe_url)


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
    """What the reader finds in a section."""

    section: ReadSection
    url: str
    answers: int
    drafts: int
    remarks: int
    clarifications: int
    unanswered: int
    observations: int


class DeskSection:
    """One section on the desk, with what is written on its articles and on each of its questions."""

    def __init__(self, desk: Desk, section: ReadSection) -> None:
        self.desk, self.section = desk, section
        self.instrument = section.place.part.instrument

    @cached_property
    def text(self) -> AgreedText | None:
        return list_on_desk(self.desk.review, self.instrument)

    @cached_property
    def may_observe(self) -> bool:
        return self.text is not None and bool(explain(self.desk.user, TextAction.DRAFT_OBSERVATION, self.text))

    @cached_property
    def may_ask(self) -> bool:
        decision = explain(self.desk.user, ReviewAction.ADD_CLARIFICATION, self.desk.review)
        return bool(decision) and self.instrument in self.desk.covered

    def neighbours(self) -> tuple[PlacedSection | None, PlacedSection | None]:
        """The section before and the section after, across the instruments."""
        places = [section.place for section in self.desk.sections]
        here = places.index(self.section.place)
        return places[here - 1] if here else None, places[here + 1] if here + 1 < len(places) else None

    def article_links(self) -> list[ArticleLink]:
        """The way to each article under review of the instrument."""
        desk, links = self.desk, []
        for article in desk.articles.get(self.instrument, ()):
            number = str(article.number)
            sections = [
                section
                for section in desk.part_at(self.instrument).sections
                if number in section.place.section.articles
            ]
            url = desk.url_of(sections[0]) if sections else ""
            box = None if sections else desk.box_at(QuestionPlace(self.instrument, article=article.number))
            links.append(ArticleLink(article, url, box.url if box else "", self.section in sections))
        return links

    def other_sections(self) -> list[ReadSection]:
        """The sections of the instrument that belong to no article."""
        sections = self.desk.part_at(self.instrument).sections
        return [section for section in sections if not section.place.section.articles]

    @cached_property
    def observations(self) -> Mapping[QuestionPlace, Sequence[Observation]]:
        return observations_on_desk(self.desk.user, self.text) if self.text else {}

    def articles(self) -> list[DeskEntry]:
        """The articles of the section, each as a whole, where there is anything to read or to write."""
        entries = [self._article(link.article) for link in self.article_links() if link.is_here]
        return [entry for entry in entries if entry.has_side]

    def _article(self, article: Article) -> DeskEntry:
        desk, place = self.desk, QuestionPlace(self.instrument, article=article.number)
        return DeskEntry(
            place=place,
            anchor=anchor_of(place),
            draft=desk.feedback.drafts.get(place),
            box=desk.box_at(place),
            remarks=desk.feedback.remarks.get(place, ()),
            article=article,
            observations=self.observations.get(place, ()),
            observe_url=self._observe_url([str(article.number)]) if self.may_observe else "",
        )

    def questions(self) -> list[DeskEntry]:
        """The questions that were asked, and those on which something was written all the same."""
        clarifications = clarifications_on_desk(self.desk.user, self.desk.review, self.instrument)
        entries = [self._question(state, clarifications.get(state.item.code, ())) for state in self.section.items]
        return [entry for entry in entries if entry.is_written_on or (entry.state and entry.state.is_asked)]

    def _question(self, state: ItemState, clarifications: Sequence[ClarificationRequest]) -> DeskEntry:
        desk, code = self.desk, state.item.code
        place, articles = QuestionPlace(self.instrument, code), self.section.place.section.articles
        return DeskEntry(
            place=place,
            anchor=anchor_of(place),
            draft=desk.feedback.drafts.get(place),
            box=desk.box_at(place),
            remarks=desk.feedback.remarks.get(place, ()),
            state=state,
            clarifications=clarifications,
            observations=self.observations.get(place, ()),
            ask_url=reverse("dialogue:clarification-ask", args=[*desk.address, code]) if self.may_ask else "",
            observe_url=self._observe_url(articles, code) if self.may_observe else "",
        )

    def _observe_url(self, articles: Iterable[str], code: str = "") -> str:
        """The form of an observation on some articles, that rests on a question where one is named."""
        query = QueryDict(mutable=True)
        if code:
            query["question"] = code
        under_review = {str(article.number) for article in self.desk.articles.get(self.instrument, ())}
        query.setlist("article", [number for number in articles if number in under_review])
        return (
            f"{reverse('observations:observation-add', args=[*self.desk.address, self.instrument])}?{query.urlencode()}"
        )


def counts_by_section(desk: Desk) -> dict[str, list[SectionCounts]]:
    """For each instrument its sections with what is written there."""
    counts = counts_on_desk(desk.user, desk.review)
    return {part.part.instrument: [_counts(desk, counts, section) for section in part.sections] for part in desk.parts}


def _counts(desk: Desk, counts: CountsOnDesk, section: ReadSection) -> SectionCounts:
    codes = [state.item.code for state in section.items]
    places = list(_places_of(section))
    drafts = (desk.feedback.drafts.get(place) for place in places)
    return SectionCounts(
        section=section,
        url=desk.url_of(section),
        answers=sum(state.state == AnswerState.ANSWERED for state in section.items),
        drafts=sum(1 for draft in drafts if draft is not None and draft.text),
        remarks=sum(len(desk.feedback.remarks.get(place, ())) for place in places),
        clarifications=_total(counts.clarifications, codes),
        unanswered=_total(counts.unanswered, codes),
        observations=sum(1 for grounds in counts.observations if not grounds.isdisjoint(codes)),
    )


def _places_of(section: ReadSection) -> Iterator[QuestionPlace]:
    instrument = section.place.part.instrument
    yield from (QuestionPlace(instrument, state.item.code) for state in section.items)
    yield from (QuestionPlace(instrument, article=int(number)) for number in section.place.section.articles)


def _total(counts: Mapping[str, int], codes: Iterable[str]) -> int:
    return sum(counts.get(code, 0) for code in codes)
