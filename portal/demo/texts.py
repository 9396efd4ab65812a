"""Lists of observations and summaries of the demo: drafted, laid on the table, agreed and published by the services."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils import timezone

from accounts.people.models import User
from observations.clearance import clear_version, object_to_version, propose_version
from observations.follow_up import FollowUpInput, agreed_observations, record_follow_up, share_follow_up
from observations.follow_up.enums import OPEN_STATUSES, FollowUpStatus
from observations.needs import NeedInput, types_for
from observations.needs.models import AssistanceType
from observations.objections import reply_to_objection
from observations.observations import ObservationInput, draft_observation, lay_on_table, mark_discussed
from observations.publications import publish_text
from observations.suggestion_notes import write_to_all, write_to_colleagues
from observations.suggestions import SuggestionInput, reject_suggestion, shown_of_new, suggest
from observations.suggestions.models import Suggestion
from observations.summaries import draft_passage, lay_passage, merge_passages, own_draft_of, token_of
from observations.texts import headings_of, passages_of, texts_visible_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading, SummaryPassage, TextVersion
from observations.versions import shown_of_text, standing_version
from observations.wording import current_document, hash_of_table, paragraphs_of
from portal.demo.exchange import Exchange
from portal.demo.plan import PlannedPublication, read
from portal.demo.teams import DemoTeam
from portal.demo.translations import agree_on_languages, have_translated, translate
from reviews.capacities import require_capacity
from reviews.drafts import shown_in_room, shown_on_table, shown_to_own_state

FEWEST, MOST = 8, 11  # observations on a list
_FROM_EACH_HEADING = 2
_KEPT_IN_ROOM = 2  # of each drafting State, on a list that is not finished


@dataclass(frozen=True, slots=True)
class Card:
    """An observation of the bank, its places filled; ``short`` is what the summary makes of it.

    ``needs``: of technical assistance, as the bank has them.
    """

    heading: ObservationHeading
    articles: tuple[int, ...]
    grounds: tuple[str, ...]
    text: str
    short: str
    needs: Sequence[Mapping[str, Any]] = ()


class Texts:
    """The texts of one review. The reviewing States that cover an instrument draft in turn; the first proposes."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange, self.review, self.random = exchange, exchange.review, exchange.random
        self.own: DemoTeam = exchange.teams.own
        self.bank: Mapping[str, Any] = read(f"observations_{exchange.language}.json")
        self.headings = {heading.kind: heading for heading in headings_of(self.review)}
        self.answered = {answer["code"] for answer in exchange.submission.document["answers"]}
        self.sections = {
            (answered.instrument, article): answered.address
            for answered in exchange.answers
            for article in _articles_in(answered.address)
        }
        self.shorts: dict[Any, str] = {}

    def instruments(self) -> list[str]:
        """Short names of those that have a list."""
        return list(self._texts(TextKind.LIST_OF_OBSERVATIONS))

    def _texts(self, kind: TextKind) -> dict[str, AgreedText]:
        return {text.instrument.slug: text for text in texts_visible_to(self.own.focal_point, self.review, kind)}

    def drafting(self, text: AgreedText) -> list[DemoTeam]:
        """The reviewing States that cover the instrument."""
        return [team for team in self.exchange.teams.reviewing if text.instrument in self.exchange.covered[team.state]]

    def draft_some(self, team: DemoTeam, count: int) -> None:
        """Begin a list in the room of a State."""
        text = self._texts(TextKind.LIST_OF_OBSERVATIONS)["untoc"]
        for card in self._draw(text)[:count]:
            self._draft(text, card, self.random.choice(team.experts))

    def write_list(self, instrument: str, *, keeps_some: bool) -> None:
        """Draft a list and lay it on the table.

        Where it is not finished, each State keeps its last drafts, and the first a note that nobody has gone over yet.
        """
        text = self._texts(TextKind.LIST_OF_OBSERVATIONS)[instrument]
        drafting = self.drafting(text)
        drafted: list[tuple[DemoTeam, Observation]] = []
        for number, card in enumerate(self._draw(text)):
            team = drafting[number % len(drafting)]
            drafted.append((team, self._draft(text, card, self.random.choice(team.experts))))
        kept = _KEPT_IN_ROOM * len(drafting) if keeps_some else 0
        for team, observation in drafted[: len(drafted) - kept]:
            shown = shown_of_text(text)
            lay_on_table(actor=team.focal_point, observation=observation, base=observation.revision, shown=shown)
        if keeps_some:
            team, observation = drafted[0]
            mark_discussed(actor=team.focal_point, observation=observation, base=observation.revision)
            self._keep_note(text, drafting[0])

    def _keep_note(self, text: AgreedText, team: DemoTeam) -> None:
        note = self.exchange.bank["rough_note"]
        if text.instrument.slug == note["instrument"]:
            card = Card(self.headings[note["heading"]], tuple(note["articles"]), (), note["text"], "")
            self._draft(text, card, team.experts[0])

    def _draft(self, text: AgreedText, card: Card, expert: User) -> Observation:
        numbers = set(card.articles)
        articles = [each for each in self.exchange.articles[text.instrument] if each.number in numbers]
        types = {each.key: each for each in types_for(text.instrument)} if card.needs else {}
        needs = [_need(need, types[need["type"]]) for need in card.needs]
        given = ObservationInput(card.heading, articles, card.text, card.grounds, needs)
        shown = shown_in_room(self.review, require_capacity(expert, self.review).state_party_id)
        observation = draft_observation(actor=expert, text=text, given=given, shown=shown)
        self.shorts[observation.pk] = card.short
        return observation

    def _draw(self, text: AgreedText) -> list[Card]:
        """Some under each heading, up to a number that is drawn, in the order of the bank."""
        cards = list(self._cards(text.instrument.slug))
        wanted = self.random.randint(FEWEST, min(MOST, len(cards)))
        order = self.random.sample(range(len(cards)), len(cards))
        chosen: list[int] = []
        for heading in self.headings.values():
            chosen += [place for place in order if cards[place].heading == heading][:_FROM_EACH_HEADING]
        others = [place for place in order if place not in chosen]
        return [cards[place] for place in sorted([*chosen, *others[: max(0, wanted - len(chosen))]])]

    def _cards(self, instrument: str) -> Iterator[Card]:
        """Those that rest on questions that were answered."""
        for kind, rows in self.bank[instrument].items():
            for row in rows:
                grounds = tuple(code for code in row["grounds"] if code in self.answered)
                values = self.exchange.phrases.values(self.sections[instrument, row["articles"][0]])
                if grounds:
                    texts = row["text"].format(**values), row["short"].format(**values)
                    yield Card(self.headings[kind], tuple(row["articles"]), grounds, *texts, row.get("needs", ()))

    def shorten_summary(self, instrument: str) -> None:
        """Give each passage the short words of the observations that it draws on."""
        summary = self._texts(TextKind.SUMMARY)[instrument]
        teams = self.drafting(summary)
        for number, passage in enumerate(passages_of(summary).prefetch_related("observations")):
            team = teams[number % len(teams)]
            self._shorten(team, self.random.choice(team.experts), passage)

    def _shorten(self, team: DemoTeam, expert: User, passage: SummaryPassage) -> None:
        """An expert drafts in the room of the State, and its focal point lays that in the place of the passage."""
        review = self.review
        shown, copied = shown_in_room(review, team.state.pk), passage.revision
        draft_passage(actor=expert, passage=passage, text=self._short(passage), base=0, copied=copied, shown=shown)
        draft = own_draft_of(team.focal_point, passage)
        if draft is not None:
            shown = shown_of_text(passage.agreed_text)
            lay_passage(actor=team.focal_point, draft=draft, base=draft.revision, replaces=copied, shown=shown)

    def _short(self, passage: SummaryPassage) -> str:
        return " ".join(self.shorts[observation.pk] for observation in passage.observations.all())

    def merge(self, instrument: str) -> None:
        """Two passages under one heading become one, as far as there are two."""
        summary = self._texts(TextKind.SUMMARY)[instrument]
        rows = list(passages_of(summary))
        pairs = ((one, other) for one, other in combinations(rows, 2) if one.heading_id == other.heading_id)
        if pair := next(pairs, None):
            seen, shown = token_of(rows), shown_of_text(summary)
            into, passage = pair
            merge_passages(
                actor=self.drafting(summary)[0].focal_point, passage=passage, into=into, seen=seen, shown=shown
            )

    def suggest(self, instrument: str) -> None:
        """The State under review suggests wording: one that is open, one that was rejected, and one that it drafts."""
        summary, bank = self._texts(TextKind.SUMMARY)[instrument], self.exchange.bank["suggestions"]
        first, second, *_others = (place for place in passages_of(summary) if place.text)
        decider = self.drafting(summary)[0].focal_point
        self._talk(self._suggest(self.own.focal_point, first, bank["open"]), self.drafting(summary)[0], bank["open"])
        rejected = self._suggest(self.own.focal_point, second, bank["rejected"])
        reason, base, shown = bank["rejected"]["reason"], second.revision, shown_on_table(second.agreed_text.review)
        reject_suggestion(actor=decider, suggestion=rejected, reason=reason, base=base, shown=shown)
        self._suggest(self.own.experts[0], second, bank["drafted"])

    def _suggest(self, person: User, passage: SummaryPassage, words: Mapping[str, str]) -> Suggestion:
        given = SuggestionInput(f"{passage.text} {words['sentence']}", words["why"])
        shown = shown_of_new(person, passage.agreed_text)
        return suggest(actor=person, place=passage, given=given, base=passage.revision, shown=shown)

    def _talk(self, suggestion: Suggestion, team: DemoTeam, words: Mapping[str, str]) -> None:
        """An expert asks a colleague, and the focal point asks all States."""
        own = shown_to_own_state(team.state.pk)
        write_to_colleagues(
            actor=team.experts[0],
            suggestion=suggestion,
            text=words["among_colleagues"],
            shown=own,
            mentioned=[team.focal_point.pk],
        )
        to_all = shown_on_table(self.review)
        write_to_all(actor=team.focal_point, suggestion=suggestion, text=words["to_all"], shown=to_all)

    def settle(self, instrument: str, kind: TextKind, how_far: str) -> None:
        """Leave a text as it was drafted, or have it proposed, objected to, or agreed."""
        if how_far == "drafted":
            return
        text = self._texts(kind)[instrument]
        proposer, *others = self.drafting(text)
        version = propose_version(actor=proposer.focal_point, text=text, sha256=hash_of_table(text))
        if how_far == "objected":
            self._object(text, version, proposer)
        elif how_far == "agreed":
            for team in (*others, self.own):
                clear_version(actor=team.focal_point, text=text, sha256=version.sha256)

    def have_translated(self, instrument: str, kind: TextKind, language: str) -> None:
        """The State under review orders a translation."""
        have_translated(self._texts(kind)[instrument], self.own.focal_point, language)

    def translate(self, instrument: str, kind: TextKind, language: str, *, by_all: bool) -> list[str]:
        """The same, and its translator writes it; the State confirms it, with ``by_all`` the others too.

        Gives what stands for it where the text is published.
        """
        text = self._texts(kind)[instrument]
        order = have_translated(text, self.own.focal_point, language)
        if order is None:
            return []
        return [str(translate(order, [self.own, *(self.drafting(text) if by_all else ())]).pk)]

    def agree_on_languages(self, instrument: str, kind: TextKind, languages: Sequence[str]) -> None:
        """The States agree on a text in these languages too, of which none is confirmed yet."""
        text = self._texts(kind)[instrument]
        if languages and standing_version(text):
            agree_on_languages(text, [self.own, *self.drafting(text)], languages)

    def _object(self, text: AgreedText, version: TextVersion, proposer: DemoTeam) -> None:
        """To the first paragraph on the article that the words are about; who proposed replies."""
        said = self.exchange.bank["objection"]
        written = {number: each for number, each in paragraphs_of(current_document(text)).items() if each.is_written}
        about = [number for number, each in written.items() if said["article"] in " ".join(each.headings).split()]
        points = {min(about or written): said["reason"]}
        focal_point, shown = self.own.focal_point, shown_of_text(text)
        made = object_to_version(actor=focal_point, text=text, sha256=version.sha256, shown=shown, points=points)
        shown, reply = shown_on_table(text.review), said["reply"]
        reply_to_objection(actor=proposer.focal_point, objection=made[0], text=reply, seen=0, shown=shown)

    def publish(self, published: PlannedPublication) -> None:
        """With the translation that all States have confirmed; that into the last language is the own State's alone."""
        kind, languages = TextKind(published.kind), published.translated
        text = self._texts(kind)[published.instrument]
        version, translations = standing_version(text), []
        for language in languages:
            is_open = language == languages[0]
            made = self.translate(published.instrument, kind, language, by_all=is_open)
            translations += made if is_open else []
        if version is not None:
            publish_text(
                actor=self.own.focal_point,
                text=text,
                sha256=version.sha256,
                names_experts=published.names_experts,
                translations=translations,
            )

    def follow_up(self) -> None:
        """What the State does about the first items of its first list: one of each status, two of them shared."""
        today = timezone.localdate()
        statuses = (FollowUpStatus.UNDER_WAY, FollowUpStatus.PLANNED, FollowUpStatus.DONE, FollowUpStatus.NOT_PURSUED)
        words = read("follow_up.json")[self.exchange.language]
        for number, (item, status) in enumerate(zip(agreed_observations(self.review), statuses, strict=False)):
            said = words[status]
            given = FollowUpInput(
                status,
                action=said.get("action", ""),
                body=said.get("body", ""),
                due_on=today + dt.timedelta(days=30 * (number + 1)) if status in OPEN_STATUSES else None,
                reason=said.get("reason", ""),
            )
            item.review = self.review
            expert = self.own.experts[number % len(self.own.experts)]
            record_follow_up(actor=expert, observation=item, given=given, base=0)
            if audience := said.get("shared_with"):
                share_follow_up(actor=self.own.focal_point, observation=item, audience=audience, base=1)


def _need(need: Mapping[str, Any], its_type: AssistanceType) -> NeedInput:
    said = {name: need.get(name, "") for name in ("priority", "received", "received_from", "description")}
    return NeedInput(its_type, tuple(need.get("articles", ())), **said)


def _articles_in(address: str) -> Sequence[int]:
    """The numbers in the address of a section, as in ``som/articles-3-5-6``."""
    return [int(word) for word in address.split("-") if word.isdigit()]
