"""The answers that a State sent, with the feedback on them, for one reader; ``portal.desk`` adds the observations."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from accounts.people.models import User
from core.errors import ConflictError
from core.language.i18n import list_of
from core.policy import Decision, explain, refused
from core.templatetags.components import saved_words
from dialogue.desk.selectors import FeedbackOnDesk, QuestionPlace, articles_by_instrument, feedback_on_desk
from dialogue.exchange.enums import ExchangeAction
from dialogue.joint import author_words, clearances_of, shown_of_feedback
from questionnaires.definitions import index_of, instrument_names
from questionnaires.progress import ItemState, ReadPart, ReadSection
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import VersionHistory, open_submission, sent_parts
from questionnaires.wording import anchor
from reviews.capacities import capacity_of
from reviews.cases import limit_of
from reviews.cases.enums import Side
from reviews.cases.models import Review
from reviews.drafts import shown_in_room
from reviews.programme.models import Article, Instrument
from reviews.visibility import covering_of, instruments_with_covering


@dataclass(frozen=True, slots=True)
class CommentBox:
    """Where the reader writes what his or her State says at one place; ``base`` is the revision that it rests on.

    ``shown``: who reads it, as a form carries that; ``now`` the same as it is by now, where a save has come to nothing.
    """

    url: str
    anchor: str
    text: str
    base: int
    shown: str
    saved_at: dt.datetime | None
    saved_by: str
    now: str = ""
    error: str = ""
    is_mendable: bool = False
    conflict: ConflictError | None = None

    @property
    def saved_words(self) -> str:
        return saved_words(self.saved_at, self.saved_by) if self.saved_at else ""


class Desk:
    """The desk of one reader in one review whose answers were sent; who comes to it opens them.

    ``look_up`` finds on it what a page is about. Where that raises Http404 nothing was shown, and nothing is opened;
    nor where the page ``shows`` nothing: to a script that asks by HEAD, or to who marks on a page of before.
    """

    def __init__(
        self,
        user: User,
        review: Review,
        submission: ResponseSubmission,
        *,
        look_up: Callable[["Desk"], object] | None = None,
        shows: bool = True,
    ) -> None:
        self.user, self.review, self.submission = user, review, submission
        self.here: ReadSection | None = None  # the section that the page is about
        self.address = [review.mechanism.slug, review.code]
        self.parts = sent_parts(self.submission)
        self.index = index_of(self.submission.response.version_id)
        self.capacity = capacity_of(user, review)
        if look_up is not None:
            look_up(self)
        if shows:
            open_submission(user, submission)

    @cached_property
    def history(self) -> VersionHistory:
        """In which version each answer was changed last."""
        return VersionHistory(self.submission)

    @cached_property
    def instruments(self) -> Mapping[str, str]:
        """The names of the instruments whose answers were sent, by short name."""
        slugs = [part.part.instrument for part in self.parts]
        known = {row.slug: row.short_name for row in self._of_review if row.slug in slugs}
        return known if len(known) == len(slugs) else instrument_names(slugs)

    @cached_property
    def _of_review(self) -> Sequence[Instrument]:
        return instruments_with_covering(self.review)

    @cached_property
    def feedback(self) -> FeedbackOnDesk:
        return feedback_on_desk(self.user, self.review)

    @cached_property
    def words_at(self) -> Mapping[QuestionPlace, int]:
        """How long the feedback of the reader's State is at each place."""
        return self.feedback.words_at

    @property
    def word_count(self) -> int:
        return sum(self.words_at.values())

    def words_in(self, section: ReadSection) -> int:
        """How much of that is in one section, the articles as a whole that belong to it among it."""
        instrument = section.place.part.instrument
        return sum(
            words for place, words in self.words_at.items() if place.instrument == instrument and _holds(section, place)
        )

    @property
    def words_here(self) -> int | None:
        """In the section that the page is about; None where it is about none."""
        return None if self.here is None else self.words_in(self.here)

    @property
    def budget_here(self) -> int:
        """What the section that the page is about may take of the limit: its share of the questions, to the ten."""
        return self.budget_of(self.here) if self.here is not None else 0

    def budget_of(self, section: ReadSection) -> int:
        """By the questions that were asked in it, among all on which the reader's State may write; a hint."""
        asked = self._asked_in
        share = asked.get(section.place.address, 0) / (sum(asked.values()) or 1)
        return round(self.limit * share / 10) * 10

    @cached_property
    def _asked_in(self) -> Mapping[tuple[str, str], int]:
        on = [section for section in self.sections if section.place.part.instrument in self.writable]
        return {section.place.address: sum(state.is_asked for state in section.items) for section in on}

    @cached_property
    def limit(self) -> int:
        """How many words a written feedback should not exceed; none is refused for it."""
        return limit_of(self.review, "feedback_words").value

    @cached_property
    def articles(self) -> Mapping[str, Sequence[Article]]:
        return articles_by_instrument(self.review)

    @cached_property
    def covered(self) -> Mapping[str, Instrument]:
        """The instruments that the reader's State reviews, by short name."""
        if self.capacity is None or self.capacity.side != Side.REVIEWING:
            return {}
        state, known = self.capacity.state_party_id, self._of_review
        covering = covering_of(self.review)
        return {row.slug: row for row in known if state in covering.get(row.pk, ())}

    @cached_property
    def writable(self) -> Mapping[str, Instrument]:
        """Those on which the reader writes feedback: where that is joint, what any reviewing State reviews."""
        if not self._is_joint:
            return self.covered
        covering = covering_of(self.review)
        return {row.slug: row for row in self._of_review if covering.get(row.pk)}

    @property
    def _is_joint(self) -> bool:
        """By the review alone: what is written is looked up after a save, and not before it."""
        reviews = self.capacity is not None and self.capacity.side == Side.REVIEWING
        return reviews and bool(self.review.feedback_is_joint)

    @cached_property
    def author(self) -> str:
        """Whose feedback the reader writes, for running text; empty for whoever writes none."""
        return author_words(self.feedback.own) if self.feedback.own is not None else ""

    @cached_property
    def cleared_by(self) -> str:
        """The States that have cleared the joint draft as it stands, which a save undoes; empty for none."""
        own = self.feedback.own
        if own is None or own.sent_at is not None:
            return ""
        return list_of([str(row.state_party) for row in clearances_of(own)])

    @cached_property
    def drafting(self) -> Decision:
        """Whether the reader may change the feedback of his or her State."""
        if self.feedback.own is None:
            return refused("")
        return explain(self.user, ExchangeAction.DRAFT_FEEDBACK, self.feedback.own)

    @cached_property
    def shown(self) -> str:
        """Who reads what the reader's State writes here, as a form carries it; empty where it writes nothing."""
        own = self.feedback.own
        if own is None:
            return ""
        if own.is_joint:
            return shown_of_feedback(own).token
        return shown_in_room(self.review, own.state_party_id, iso3=own.state_party.iso3).token

    @cached_property
    def room_shown(self) -> str:
        """Who reads what the reader's State drafts, feedback or not, as a form carries it; empty for all others."""
        if self.capacity is None:
            return ""
        if self.shown and not self._is_joint:
            return self.shown
        return shown_in_room(self.review, self.capacity.state_party_id).token

    @cached_property
    def sections(self) -> Sequence[ReadSection]:
        return [section for part in self.parts for section in part.sections]

    def part_at(self, instrument: str) -> ReadPart:
        for part in self.parts:
            if part.part.instrument == instrument:
                return part
        raise Http404

    def section_at(self, instrument: str, slug: str) -> ReadSection:
        """Raises Http404 where the questionnaire has none or the State was not asked it."""
        for section in self.sections:
            if section.place.address == (instrument, slug):
                return section
        raise Http404

    def section_of(self, code: str) -> ReadSection:
        """The section with a question. Raises Http404 where the State was not asked it."""
        for section in self.sections:
            if _holds(section, QuestionPlace(section.place.part.instrument, code)):
                return section
        raise Http404

    def states_to(self, place: QuestionPlace) -> list[ItemState]:
        """A question and those above it, without which it cannot be understood, each with its answer."""
        number = self.index.items[place.question].number
        items = self.section_of(place.question).items
        return [state for state in items if state.item.number == number[: len(state.item.number)]]

    def url_of(self, section: ReadSection) -> str:
        return reverse("portal:desk-section", args=[*self.address, *section.place.address])

    def url_at(self, place: QuestionPlace) -> str:
        """Where a place lies on the desk; empty for an article without questions."""
        section = self.section_with(place)
        return f"{self.url_of(section)}#{anchor_of(place)}" if section else ""

    def section_with(self, place: QuestionPlace) -> ReadSection | None:
        """The first section to which a place belongs; None for an article without questions."""
        for section in self.sections:
            if section.place.part.instrument == place.instrument and _holds(section, place):
                return section
        return None

    def article_at(self, place: QuestionPlace) -> Article | None:
        articles = self.articles.get(place.instrument, ())
        return next((article for article in articles if article.number == place.article), None)

    def comment_url(self, place: QuestionPlace) -> str:
        """The page and the address for saving of what the reader's State says at a place."""
        if self.feedback.own is None:
            return ""
        iso3 = self.feedback.own.state_party.iso3
        if place.question:
            return reverse("dialogue:question-comment", args=[*self.address, iso3, place.question])
        return reverse("dialogue:article-comment", args=[*self.address, iso3, place.instrument, place.article])

    def box_at(self, place: QuestionPlace) -> CommentBox | None:
        """None for those who may not write there."""
        is_none = not place.question and place.article is None  # an instrument as a whole, of which nobody writes here
        if is_none or place.instrument not in self.writable or not self.drafting:
            return None
        draft = self.feedback.drafts.get(place)
        return CommentBox(
            url=self.comment_url(place),
            anchor=anchor_of(place),
            text=draft.text if draft else "",
            base=draft.revision if draft else 0,
            shown=self.shown,
            saved_at=draft.updated_at if draft else None,
            saved_by=draft.saved_by.full_name if draft else "",
        )


def anchor_of(place: QuestionPlace) -> str:
    """The id of a place on the page of its section."""
    return anchor(place.question) if place.question else f"article-{place.instrument}-{place.article}"


def _holds(section: ReadSection, place: QuestionPlace) -> bool:
    if place.question:
        return any(state.item.code == place.question for state in section.items)
    return str(place.article) in section.place.section.articles
