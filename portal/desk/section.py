"""One section on the desk, with what is written on each of its questions and on its articles."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.policy import can, explain
from dialogue.desk import CommentBox, Desk, QuestionPlace, anchor_of, clarifications_on_desk, request_box
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import ClarificationRequest
from dialogue.slips import SlipAt, note_box, reads_slips, slip_url, slips_on_desk
from dialogue.slips.enums import SlipMark
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Observation
from portal.desk.changes import changes_since
from portal.desk.desk import ArticleLink
from portal.desk.entries import DeskEntry, MarkButton, OwnObservation, OwnRequest, about
from portal.desk.remarks import list_on_desk, observations_on_desk
from portal.desk.tools import DeskTools, offered
from questionnaires.definitions import PlacedSection
from questionnaires.progress import ItemState, ReadSection
from questionnaires.submissions import CitedLaw, laws_in
from reviews.cases import language_of
from reviews.cases.enums import ReviewAction
from reviews.drafts import shown_to_own_state
from reviews.programme.models import Article


class DeskSection:
    """One section as one reader finds it; ``since``: when he or she was at the desk before this visit."""

    def __init__(
        self, desk: Desk, section: ReadSection, request: HttpRequest, since: dt.datetime | None = None
    ) -> None:
        self.desk, self.section, self.since = desk, section, since
        self.instrument = section.place.part.instrument
        self.home = desk.capacity.state_party_id if desk.capacity else None
        self.tools = DeskTools(request, desk, self.text)
        self.tools.articles = offered(desk.articles.get(self.instrument, ()), section.place.section.articles)

    @cached_property
    def text(self) -> AgreedText | None:
        return list_on_desk(self.desk.user, self.desk.review, self.instrument)

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
    def cited(self) -> list[CitedLaw]:
        """The laws that its answers name."""
        return laws_in([self.section])

    @cached_property
    def observations(self) -> Mapping[QuestionPlace, Sequence[Observation]]:
        return observations_on_desk(self.desk.user, self.text) if self.text else {}

    def articles(self) -> list[DeskEntry]:
        """The articles of the section, each as a whole, where there is anything to read or to write."""
        entries = [self._article(link.article) for link in self.article_links() if link.is_here]
        return [entry for entry in entries if entry.has_any]

    def _article(self, article: Article) -> DeskEntry:
        place = QuestionPlace(self.instrument, article=article.number)
        anchor, words = anchor_of(place), about(None, article)
        facts = self._at(place, (), anchor, words)
        if self.may_observe:
            url = self._observe_url([str(article.number)])
            form = self.tools.observe(url, anchor, words, article=article.number)
            facts |= {"observe_url": url, "observe_form": form}
        return DeskEntry(place=place, anchor=anchor, article=article, **facts)

    def questions(self) -> list[DeskEntry]:
        """The questions that were asked, and those on which something was written all the same."""
        clarifications = clarifications_on_desk(self.desk.user, self.desk.review, self.instrument)
        entries = [self._question(state, clarifications.get(state.item.code, ())) for state in self.section.items]
        return [entry for entry in entries if entry.is_written_on or (entry.state and entry.state.is_asked)]

    def _question(self, state: ItemState, clarifications: Sequence[ClarificationRequest]) -> DeskEntry:
        code = state.item.code
        place, articles = QuestionPlace(self.instrument, code), self.section.place.section.articles
        anchor, words = anchor_of(place), about(state, None)
        facts = self._at(place, clarifications, anchor, words)
        if self.may_ask:
            url = reverse("dialogue:clarification-ask", args=[*self.desk.address, code])
            facts |= {"ask_url": url, "ask_form": self.tools.ask(url, anchor, words)}
            facts |= {"further_forms": self._further_forms(clarifications, anchor, words)}
        if self.may_observe:
            url = self._observe_url(articles, code)
            facts |= {"observe_url": url, "observe_form": self.tools.observe(url, anchor, words, question=code)}
        return DeskEntry(
            place=place,
            anchor=anchor,
            state=state,
            clarifications=clarifications,
            own_requests=self._own_requests(clarifications, anchor, words),
            passages=self._passages(state),
            **facts,
        )

    def _further_forms(
        self, clarifications: Sequence[ClarificationRequest], anchor: str, about: str
    ) -> dict[Any, SafeString]:
        found = {}
        for number, row in enumerate(clarifications, 1):
            row.review = self.desk.review
            if can(self.desk.user, ExchangeAction.ASK_FURTHER, row):
                url = reverse("dialogue:clarification-further", args=[*self.desk.address, row.pk])
                found[row.pk] = self.tools.ask_further(url, anchor, about, number)
        return found

    @cached_property
    def slips(self) -> Mapping[QuestionPlace, SlipAt]:
        return slips_on_desk(self.desk.user, self.desk.review, self.instrument)

    @cached_property
    def keeps_slips(self) -> bool:
        """Whether the reader may mark and note; who may only read finds what the others have set."""
        is_covered = self.instrument in self.desk.covered
        return is_covered and can(self.desk.user, ReviewAction.KEEP_SLIPS, self.desk.review)

    @cached_property
    def _slips_shown(self) -> str:
        capacity = self.desk.capacity
        if capacity is None:
            return ""
        code = capacity.state_party.iso3 if capacity.state_party else ""
        return shown_to_own_state(capacity.state_party_id, iso3=code).token

    def _slip(self, place: QuestionPlace) -> dict[str, Any]:
        desk, slip = self.desk, self.slips.get(place, SlipAt())
        if not reads_slips(desk.user, desk.review):
            return {"slip": slip}
        change, read_at = desk.history.changes.get(place.question), slip.read_by(desk.user)
        is_read_before = change is not None and read_at is not None and change.sent_at > read_at
        found = set(slip.set_marks(desk.user)) - ({SlipMark.READ} if is_read_before else set())
        marks = [MarkButton(mark, mark in found) for mark in SlipMark]
        facts: dict[str, Any] = {"slip": slip, "marks": marks, "is_read_before": is_read_before}
        if self.keeps_slips:
            facts["mark_url"] = slip_url("mark", place, desk.address)
            facts["note"] = note_box(place, slip, desk.address, self._slips_shown)
        return facts

    def _at(
        self, place: QuestionPlace, clarifications: Sequence[ClarificationRequest], anchor: str, words: str
    ) -> dict[str, Any]:
        desk, observations = self.desk, self.observations.get(place, ())
        facts = self._slip(place)
        changes = changes_since(desk, self.since, place, facts["slip"], clarifications, observations)
        return {
            **facts,
            **self._forms(facts, desk.box_at(place), anchor, words),
            "changes": changes,
            "draft": desk.feedback.drafts.get(place),
            "remarks": desk.feedback.remarks.get(place, ()),
            "home": self.home,
            "observations": observations,
            "own_observations": [self._own_observation(row) for row in observations if self._is_own(row)],
        }

    def _forms(self, facts: Mapping[str, Any], box: CommentBox | None, anchor: str, words: str) -> dict[str, Any]:
        """What the entry has of boxes and buttons, as they are written on the page."""
        desk, forms = self.desk, dict[str, Any](box=box)
        if box is not None and desk.feedback.own is not None:
            label = _("Feedback of %(state)s: %(about)s") % {"state": desk.author, "about": words}
            forms["box_form"] = self.tools.box(box, label, desk.feedback.own.language, anchor)
        if note := facts.get("note"):
            label = _("Private note: %(about)s") % {"about": words}
            forms["note_form"] = self.tools.box(note, label, self.notes_language, anchor)
        if url := facts.get("mark_url"):
            forms["marks_form"] = self.tools.marks(url, anchor, words, facts["marks"])
        return forms

    @cached_property
    def notes_language(self) -> str:
        return language_of(self.desk.review)

    def _is_own(self, row: ClarificationRequest | Observation) -> bool:
        return row.room_id is not None and row.room_id == self.home

    def _own_requests(self, rows: Iterable[ClarificationRequest], anchor: str, words: str) -> list[OwnRequest]:
        """Of those on a question the drafts of the reader's State, each by its number there."""
        found = []
        for number, row in enumerate(filter(self._is_own, rows), 1):
            row.review = self.desk.review
            if not can(self.desk.user, ExchangeAction.EDIT_CLARIFICATION, row):
                found.append(OwnRequest(row, None))
                continue
            box = request_box(row, self.desk.address, self.desk.room_shown)
            label = _("Request %(number)s for clarification, not sent: %(about)s") % {"number": number, "about": words}
            found.append(OwnRequest(row, box, self.tools.box(box, label, row.language, anchor)))
        return found

    def _own_observation(self, row: Observation) -> OwnObservation:
        assert self.text is not None  # noqa: S101 - it lies on that list
        row.review, row.agreed_text = self.desk.review, self.text
        return OwnObservation(row, can(self.desk.user, TextAction.EDIT_OBSERVATION, row))

    @cached_property
    def _written_out(self) -> Mapping[tuple[str, str], str]:
        return {(row.law, provision): passage for row in self.cited for provision, passage in row.passages}

    def _passages(self, state: ItemState) -> list[tuple[str, str, str]]:
        found = {}
        for citation in state.answer.citations if state.is_asked else ():
            said: Any = citation.get("said")
            key = (said["title"] if said else citation["law"], citation.get("provision", ""))
            if key in self._written_out:
                found[key] = self._written_out[key]
        return [(*key, passage) for key, passage in found.items()]

    def _observe_url(self, articles: Iterable[str], code: str = "") -> str:
        """The form of an observation on some articles, that rests on a question where one is named."""
        query = QueryDict(mutable=True)
        if code:
            query["question"] = code
        under_review = {str(article.number) for article in self.desk.articles.get(self.instrument, ())}
        query.setlist("article", [number for number in articles if number in under_review])
        url = reverse("observations:observation-add", args=[*self.desk.address, self.instrument])
        return f"{url}?{query.urlencode()}"
