"""Three delegates at one text at once, in browsers, at random: one text, no word lost, and a history that adds up."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from core.language.text import clean_text
from observations.suggestions.models import Suggestion
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, SummaryPassage
from observations.versions.selectors import standing_version
from tests import journey, utils
from tests.at_once import lay_on_table, propose_version
from tests.e2e.conftest import begin_session
from tests.e2e.delegates import WORD, Delegate, Journal, Places, Sent, offered_to, play
from tests.utils import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
SECONDS = float(os.environ.get("SECONDS", "60"))  # of both together
SEED = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
THREE_STATES = ("focal_point", "same_group_focal_point", "other_group_focal_point")
TWO_OF_ONE = ("same_group_focal_point", "same_group_expert", "other_group_focal_point")
WORDS = (
    "The State should consider making its law on bribery apply to all persons who hold a public office.",
    "The State is encouraged to give its central authority the people and means that mutual legal assistance asks for.",
)
Note = Callable[[str, object], None]


@dataclass
class Table:
    """The text at which they sit, as the database has it."""

    cast: Cast
    kind: TextKind

    @property
    def text(self) -> AgreedText:
        return AgreedText.objects.get(review=self.cast.review, instrument__slug="untoc", kind=self.kind)

    @property
    def places(self) -> list[Observation | SummaryPassage]:
        if self.kind == TextKind.SUMMARY:
            return list(self.text.passages.order_by("order"))
        return list(Observation.objects.filter(agreed_text=self.text, room=None, withdrawn_at=None))

    def edits_of(self, name: str, review: str) -> dict[str, str]:
        """What a delegate may change, with its address."""
        if "focal_point" not in name or name == "focal_point":
            return {}
        if self.kind == TextKind.SUMMARY:
            return {str(row.pk): f"{review}texts/untoc/summary/passages/{row.order}/" for row in self.places}
        state = getattr(self.cast, name.replace("focal_point", "state"))
        own = [row for row in self.places if row.state_party_id == state.pk]  # type: ignore[union-attr]
        return {str(row.pk): f"{review}observations/{row.pk}/" for row in own}


def laid_out(kind: TextKind) -> Table:
    cast = utils.make_cast()
    utils.take_cast_to("summary" if kind == TextKind.SUMMARY else "observations", cast)
    table = Table(cast, kind)
    if kind == TextKind.LIST_OF_OBSERVATIONS:
        for person, words in zip((cast.same_group_focal_point, cast.other_group_focal_point), WORDS, strict=True):
            lay_on_table(actor=person, observation=journey.write_observation(cast.review, person, table.text, words))
    return table


@pytest.mark.parametrize(
    ("kind", "names"),
    [(TextKind.LIST_OF_OBSERVATIONS, THREE_STATES), (TextKind.SUMMARY, TWO_OF_ONE)],
    ids=["list, three States", "summary, two of one State"],
)
def test_whatever_they_do_there_is_one_text_and_nothing_is_lost(
    kind: TextKind, names: tuple[str, ...], browser: Browser, live_server: LiveServer, record_property: Note
) -> None:
    table, chance, journal = laid_out(kind), random.Random(SEED), Journal()
    before = {str(row.pk): (row.revision, str(row.text)) for row in table.places}
    review = f"{live_server.url}/en/untoc/reviews/{table.cast.review.code}/"
    delegates = [delegate(table, name, browser, review, chance, journal) for name in names]
    begun = time.monotonic()
    try:
        acts = play(delegates, chance, SECONDS / 2)
        say(record_property, journal, acts, time.monotonic() - begun)
        assert journal.broken == []
        nothing_typed_is_lost(delegates, journal, f"{live_server.url}/en/")
        history_adds_up(table, journal, before)
        every_word_is_there(table, journal)
        drafts_stay_in_their_rooms(table, delegates)
        all_read_the_same(table, delegates, f"{review}texts/untoc/{kind}/")
    except AssertionError as error:
        raise AssertionError(f"SEED={SEED}: {error}; the last acts: {journal.acts[-30:]}") from error
    finally:
        for each in delegates:
            each.page.context.close()


def delegate(
    table: Table, name: str, browser: Browser, review: str, chance: random.Random, journal: Journal
) -> Delegate:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    begin_session(context, table.cast.people[name], review.split("/en/")[0])
    text = f"{review}texts/untoc/{table.kind}/"
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: journal.broken.append(f"{name}: {error}"))
    places = Places(f"{text}suggestions/", text, table.edits_of(name, review))
    return Delegate(name, page, places, chance, journal)


def say(note: Note, journal: Journal, acts: int, seconds: float) -> None:
    figures = {
        "acts at one text": acts,
        "sent": len(journal.sent),
        "saved": len(journal.done("edit", "accept")),
        "suggested": len(journal.done("suggest")),
        "refused": journal.refused,
        "words typed": journal.count,
    }
    for name, figure in figures.items():
        note(name, figure)
    print(f"\nSEED={SEED}, {seconds:.0f} s: {figures}")  # noqa: T201 - what a person who runs the proof looks for


def nothing_typed_is_lost(delegates: list[Delegate], journal: Journal, home: str) -> None:
    """What the server took no more, as another had decided meanwhile, the browser offers again."""
    saved = {word for each in journal.done("edit", "accept", "suggest", "reject") for word in WORD.findall(each.text)}
    for each in delegates:
        away = journal.led_away.get(each.name, set()) - saved
        assert not away or away <= offered_to(each, home), f"{each.name} lost {away}"


def history_adds_up(table: Table, journal: Journal, before: dict[str, tuple[int, str]]) -> None:
    """Each revision is what somebody sent whose page had shown the one before; and nobody else wrote."""
    suggested_at = {str(key): str(place) for key, place in places_of_suggestions(table)}
    for row in table.places:
        revision, text = before[str(row.pk)]
        history = {revision: text}
        for sent in journal.done("edit", "accept"):
            place = suggested_at[sent.place] if sent.act == "accept" else sent.place
            words = clean_text(sent.text.strip())
            if place == str(row.pk) and words != history.get(sent.base):  # what says the same is no revision
                assert sent.base in history, f"{sent} rests on nothing"
                assert sent.base + 1 not in history, f"{sent} took the place of {history.get(sent.base + 1)}"
                history[sent.base + 1] = words
        assert list(history) == list(range(revision, row.revision + 1)), f"{row.pk}: {list(history)} of {row.revision}"
        assert history[row.revision] == row.text
        kept = dict(row.revisions.filter(number__gte=revision).values_list("number", "text"))
        assert kept == history, "what each saved is in the history, by its number"


def places_of_suggestions(table: Table) -> list[tuple[object, object]]:
    rows = Suggestion.objects.filter(agreed_text=table.text)
    return [(row.pk, row.observation_id or row.passage_id) for row in rows]


def every_word_is_there(table: Table, journal: Journal) -> None:
    """Of suggestions and of reasons; of edits the history says it."""
    rows = list(Suggestion.objects.filter(agreed_text=table.text))
    written = Counter(clean_text(sent.text.strip()) for sent in journal.done("suggest", "change"))
    thrown_away = len(journal.done("withdraw")) - sum(row.status == "withdrawn" for row in rows)
    gone = written - Counter(row.text for row in rows)
    assert gone.total() == thrown_away + len(journal.done("change")), f"suggestions are gone: {gone}"
    for sent in journal.done("reject"):
        row = next(row for row in rows if str(row.pk) == sent.place)
        assert (row.status, row.reason) == ("rejected", clean_text(sent.text.strip())), sent
    decided: list[Sent] = journal.done("accept", "reject", "withdraw")
    keys = [sent.place for sent in decided]
    assert len(keys) == len(set(keys)), "decided once"


def drafts_stay_in_their_rooms(table: Table, delegates: list[Delegate]) -> None:
    common = {word for row in table.places for word in WORD.findall(row.text)}
    for laid in Suggestion.objects.filter(room=None):
        common |= {*WORD.findall(laid.text), *WORD.findall(laid.base_text)}
    for each in delegates:
        state = table.cast.participations[each.name].state_party_id
        others = Suggestion.objects.exclude(room=None).exclude(room=state)
        secret = {word for row in others for word in WORD.findall(row.text)} - common
        each.page.goto(each.places.suggestions)
        assert not secret & set(WORD.findall(each.page.content())), f"{each.name} reads a draft of another State"


def all_read_the_same(table: Table, delegates: list[Delegate], address: str) -> None:
    """The words on the page, and the hash of a version of them, for everybody."""
    propose_version(actor=table.cast.same_group_focal_point, text=table.text)
    version = standing_version(table.text)
    assert version is not None
    read = set()
    for each in delegates:
        each.page.goto(address)
        hashes = each.page.locator(".app-text__side .app-hash").all_text_contents()
        assert version.sha256 in hashes, each.name
        read.add(each.page.locator(".app-document__words, .app-document").first.inner_text())
    assert len(read) == 1, "not the same words for all"
