"""What need not be answered twice, for whom: offers of earlier answers, and from where answers came."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.people.models import User
from core import context
from questionnaires.definitions import (
    AnswerValue,
    Item,
    PlacedSection,
    VersionIndex,
    asked_codes,
    index_of,
    moves_of,
)
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import EMPTY, AnswerSnapshot, answer_values, answers_in
from questionnaires.responses import Sheet, answers_by_competence, official_shown
from questionnaires.responses.models import Response
from questionnaires.reuse.enums import LinkMethod
from questionnaires.reuse.links import FittedAnswer, fitted, linked_codes
from questionnaires.reuse.origins import set_aside_in
from questionnaires.reuse.sources import EarlierSubmission, earlier_submissions

_SOURCES = "reuse.sources"


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An earlier answer that may stand under ``item``, with where it was given.

    ``link``: how that other question is linked with this one; None where it is the same question. ``is_reworded``: it
    was given to other words. ``seen``: the save of the box, which is empty, that a form carries.
    """

    item: Item
    source: EarlierSubmission
    source_item: Item
    fit: FittedAnswer
    seen: int
    link: LinkMethod | None = None
    is_reworded: bool = False
    is_set_aside: bool = False
    hangs: bool = False  # asked only where another answer is taken too

    @property
    def key(self) -> str:
        return f"{self.source.key}:{self.source_item.code}"

    @property
    def choice(self) -> str:
        """What a form sends where it is chosen."""
        return f"{self.item.code}|{self.key}"

    @property
    def answer(self) -> AnswerSnapshot:
        return self.fit.answer

    @property
    def lost(self) -> tuple[str, ...]:
        return self.fit.lost

    @property
    def can_be_kept(self) -> bool:
        return self.fit.is_whole

    @property
    def can_be_edited(self) -> bool:
        return self.fit.is_usable


class Offering:
    """The earlier answers of a State for its response; what is asked of the database is asked when it is needed."""

    def __init__(self, response: Response) -> None:
        self.response = response
        self.index: VersionIndex = index_of(response.version_id)

    @cached_property
    def sources(self) -> list[EarlierSubmission]:
        key = (_SOURCES, self.response.pk)
        return context.looked_up(key, lambda: earlier_submissions(self.response))

    def of(
        self,
        items: Iterable[Item],
        stored: Mapping[str, AnswerSnapshot],
        linked: Mapping[str, Mapping[str, LinkMethod]] | None = None,
        aside: Collection[tuple[str, str]] | None = None,
    ) -> dict[str, list[EarlierAnswer]]:
        """By code, for those of ``items`` that have no answer: what was sent to the same question, then to linked ones.

        Three queries, and two for each other version of the questionnaire that it was sent to. ``linked`` and
        ``aside``: the linked questions of these and what was set aside, where they are known.
        """
        empty = [item for item in items if item.kind != QuestionKind.GROUP and is_empty(stored.get(item.code, EMPTY))]
        if not empty:
            return {}
        if linked is None:
            linked = linked_codes(self.response.review.mechanism_id, [item.code for item in empty])
        sources, ways = self._with_answers(empty, linked)
        aside = set_aside_in(self.response) if aside is None and sources else aside or ()
        found: dict[str, list[EarlierAnswer]] = {}
        for item in empty:
            offers = [
                self._offer(item, source, way, source.answers[way.old.code], stored, aside)
                for source in sources
                for way in ways[source.key].get(item.code, ())
                if way.old.code in source.answers
            ]
            if offers := [offer for offer in offers if offer.fit.is_usable or offer.lost]:
                found[item.code] = sorted(offers, key=_rank)
        return found

    def _with_answers(
        self, items: Sequence[Item], linked: Mapping[str, Mapping[str, LinkMethod]]
    ) -> tuple[list[EarlierSubmission], dict[UUID, dict[str, list["_Way"]]]]:
        """The sources with what is needed of their answers; asked once more where items had other codes before."""
        codes = {item.code for item in items}.union(*(linked.get(item.code, ()) for item in items))
        sources = earlier_submissions(self.response, codes)
        ways = {source.key: self._ways_from(source, items, linked) for source in sources}
        needed = {way.old.code for of_source in ways.values() for some in of_source.values() for way in some}
        return (earlier_submissions(self.response, needed) if needed - codes else sources), ways

    def _ways_from(
        self, source: EarlierSubmission, items: Sequence[Item], linked: Mapping[str, Mapping[str, LinkMethod]]
    ) -> dict[str, list["_Way"]]:
        """By code of an item, the items of a source whose answers may stand under it."""
        there = index_of(source.version_id)
        ways: dict[str, list[_Way]] = {}
        for way in self._to_same_questions(source, there, items):
            ways[way.code] = [way]
        for item in items:
            for code, method in linked.get(item.code, {}).items():
                if code in there.items:
                    ways.setdefault(item.code, []).append(_Way(item.code, there.items[code], method))
        return ways

    def _to_same_questions(
        self, source: EarlierSubmission, there: VersionIndex, items: Sequence[Item]
    ) -> Iterator["_Way"]:
        """From the same version of the questionnaire, or from an earlier one by what officers say of its items."""
        if source.version_id == self.index.version_id:
            yield from (_Way(item.code, item) for item in items)
        elif there.definition.slug == self.index.definition.slug and there.number < self.index.number:
            codes = {item.code for item in items}
            for move in moves_of(source.version_id, self.index.version_id).values():
                if move.new is not None and move.new.code in codes:
                    yield _Way(move.new.code, move.old, is_reworded="words" in move.changed)

    def _offer(
        self,
        item: Item,
        source: EarlierSubmission,
        way: "_Way",
        answer: AnswerSnapshot,
        stored: Mapping[str, AnswerSnapshot],
        aside: Collection[tuple[str, str]],
    ) -> EarlierAnswer:
        offer = EarlierAnswer(
            item=item,
            source=source,
            source_item=way.old,
            fit=fitted(answer, item, by_competence=answers_by_competence(self.response)),
            seen=stored.get(item.code, EMPTY).revision,
            link=way.method,
            is_reworded=way.is_reworded,
        )
        return replace(offer, is_set_aside=(item.code, offer.key) in aside)


@dataclass(frozen=True, slots=True)
class _Way:
    """From an item of an earlier submission to the one with ``code``; ``method`` where it is only linked with it."""

    code: str
    old: Item
    method: LinkMethod | None = None
    is_reworded: bool = False


def _rank(offer: EarlierAnswer) -> tuple[bool, bool, bool, float]:
    """Those that were not set aside, to the same question, that fit, and the newest first."""
    return (
        offer.is_set_aside,
        offer.link is not None,
        not offer.can_be_kept,
        -offer.source.sent_at.timestamp(),
    )


def is_empty(answer: AnswerSnapshot) -> bool:
    return not (answer.choices or answer.text or answer.citations or answer.is_outside_competence)


def offered_to(user: User, response: Response, place: PlacedSection, sheet: Sheet) -> tuple[Item, ...]:
    """Of a section, the questions whose earlier answers a person may read: all, for who writes the official ones.

    A contributor reads those that were sent to him or her with the official answers shown; at most one query.
    """
    return place.section.items if sheet.is_official else official_shown(response, place, sheet)


@dataclass(frozen=True, slots=True)
class SectionOffers:
    """The earlier answers of one section on the page that lists all."""

    place: PlacedSection
    offers: tuple[EarlierAnswer, ...]

    @property
    def kept_together(self) -> tuple[EarlierAnswer, ...]:
        """What is kept where somebody chooses the whole section; what was set aside is chosen by itself."""
        return tuple(offer for offer in self.offers if offer.can_be_kept and not offer.is_set_aside)

    def has_any_of(self, choices: Collection[str]) -> bool:
        return any(offer.choice in choices for offer in self.offers)


def all_offers(response: Response) -> list[SectionOffers]:
    """Section by section the best earlier answer for each question without one that is asked, or would be if others
    were taken; a number of queries that does not grow with the questions.
    """
    offering = Offering(response)
    places = offering.index.applicable_sections(response.party_to)
    items = tuple(item for place in places for item in place.section.items)
    stored = answers_in(response, items)
    best = {code: offers[0] for code, offers in offering.of(items, stored).items()}
    values = answer_values(response)
    taken = {code: _value(offer.answer) for code, offer in best.items() if not offer.is_set_aside}
    now, then = asked_codes(items, values), asked_codes(items, {**taken, **values_with_content(values)})
    shown = {code: replace(offer, hangs=code not in now) for code, offer in best.items() if code in now | then}
    found = []
    for place in places:
        offers = tuple(shown[item.code] for item in place.section.items if item.code in shown)
        if offers:
            found.append(SectionOffers(place, offers))
    return found


@dataclass(frozen=True, slots=True)
class EarlierEffect:
    """What keeping a chosen earlier answer would do. ``why_not``: why it would do nothing; it is left out then."""

    offer: EarlierAnswer
    why_not: str = ""

    @property
    def is_taken(self) -> bool:
        return not self.why_not


def effects_of(response: Response, sections: Sequence[SectionOffers], chosen: Mapping[str, str]) -> list[EarlierEffect]:
    """What keeping the chosen offers (``chosen``: their keys by code) would do, in the order of the print; one query.

    A question that is asked only after another answer is left out where that one is not chosen too.
    """
    offers = [offer for section in sections for offer in section.offers if chosen.get(offer.item.code) == offer.key]
    places = index_of(response.version_id).applicable_sections(response.party_to)
    items = tuple(item for place in places for item in place.section.items)
    kept = {offer.item.code: _value(offer.answer) for offer in offers if offer.can_be_kept}
    asked = asked_codes(items, {**kept, **values_with_content(answer_values(response))})
    effects = []
    for offer in offers:
        why_not = ""
        if not offer.can_be_kept:
            why_not = _("Its options are others now: take it to be changed.")
        elif offer.item.code not in asked:
            why_not = _("Asked only after another answer, which is not chosen.")
        effects.append(EarlierEffect(offer, why_not))
    return effects


def values_with_content(values: Mapping[str, AnswerValue]) -> dict[str, AnswerValue]:
    """Without answers that were emptied, in whose place others may come."""
    return {code: value for code, value in values.items() if value.choices or value.text or value.is_outside_competence}


def _value(answer: AnswerSnapshot) -> AnswerValue:
    return AnswerValue(tuple(answer.choices), answer.text, answer.is_outside_competence)


@dataclass(frozen=True, slots=True)
class LinkedEffect:
    """What giving the answer to one question to a linked one as well would do there."""

    item: Item
    place: PlacedSection
    method: LinkMethod
    stored: AnswerSnapshot
    fit: FittedAnswer
    is_asked: bool

    @property
    def is_filled(self) -> bool:
        """Whether there is an answer, which stays as it is."""
        return not is_empty(self.stored)

    @property
    def can_be_filled(self) -> bool:
        return not self.is_filled and self.is_asked and self.fit.is_usable

    @property
    def is_suggested(self) -> bool:
        return self.can_be_filled and self.fit.is_whole


def linked_effects(response: Response, code: str) -> tuple[AnswerSnapshot, list[LinkedEffect]]:
    """The answer to a question, and what it would do under each that is linked with it and applies to the State.

    Four queries.
    """
    index = index_of(response.version_id)
    linked = linked_codes(response.review.mechanism_id, [code]).get(code, {})
    places = index.applicable_sections(response.party_to)
    items = [(item, place) for place in places for item in place.section.items if item.code in linked]
    stored = answers_in(response, [index.items[code], *(item for item, _place in items)])
    everything = tuple(item for place in places for item in place.section.items)
    asked = asked_codes(everything, answer_values(response))
    answer, by_competence = stored.get(code, EMPTY), answers_by_competence(response)
    return answer, [
        LinkedEffect(
            item=item,
            place=place,
            method=linked[item.code],
            stored=stored.get(item.code, EMPTY),
            fit=fitted(answer, item, by_competence=by_competence),
            is_asked=item.code in asked,
        )
        for item, place in items
        if item.kind != QuestionKind.GROUP
    ]
