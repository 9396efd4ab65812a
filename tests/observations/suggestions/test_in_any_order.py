"""Three States at one text, whatever each does in whichever order on whatever it saw last: one text, nothing lost."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, Phase, example, given, settings, strategies as st

from accounts.people.models import User
from core.errors import ServiceError
from core.hashes import document_hash
from core.policy import PolicyRefusedError
from observations.observations.services import ObservationInput, edit_observation
from observations.suggestions.models import Suggestion
from observations.suggestions.selectors import merged, suggestions_visible_to
from observations.suggestions.services import (
    SuggestionInput,
    accept_suggestion,
    lay_suggestion,
    shown_of_new,
    suggest,
    withdraw_suggestion,
)
from observations.texts.models import AgreedText, Observation
from observations.versions.selectors import standing_version
from observations.versions.shown import shown_of_text
from observations.wording.documents import hash_of_table
from reviews.drafts.shown import Shown
from reviews.drafts.situations import shown_on_table
from tests import journey
from tests.at_once import propose_version, reject_suggestion
from tests.observations.clearance.texts import table
from tests.observations.suggestions.wording import STANDS
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
PEOPLE = ("focal_point", "expert", "same_group_focal_point", "same_group_expert", "other_group_focal_point")
_REFUSALS = (PolicyRefusedError, Http404, ServiceError)


@dataclass
class Browser:
    """What a person's page has shown: the text, its revision, who reads it, and the suggestions beside it."""

    person: User
    text: str = ""
    revision: int = 0
    shown: Shown | None = None
    suggestions: list[Suggestion] = field(default_factory=list)


class Scene:
    def __init__(self, cast: Cast, text: AgreedText) -> None:
        self.cast, self.key = cast, text.pk
        self.browsers = {name: Browser(cast.people[name]) for name in PEOPLE}
        self.numbers = itertools.count()
        self.words = set(STANDS.split())  # of every save that was answered with success
        self.past: dict[int, str] = {1: STANDS}
        self.decided: dict[object, tuple[str, str]] = {}
        self.done: set[str] = set()
        for name in PEOPLE:
            self.look(name, 0)

    @property
    def list(self) -> AgreedText:
        return AgreedText.objects.select_related("review", "instrument").get(pk=self.key)

    @property
    def observation(self) -> Observation:
        row = Observation.objects.get(agreed_text=self.key)
        row.agreed_text, row.review = self.list, self.list.review
        return row

    def look(self, name: str, _number: int) -> None:
        page, row = self.browsers[name], self.observation
        page.text, page.revision, page.shown = row.text, row.revision, shown_of_text(row.agreed_text)
        page.suggestions = list(suggestions_visible_to(page.person, row.agreed_text).filter(decided_at=None))

    def typed(self, page: Browser, number: int) -> str:
        """A new word at one place of what is shown there, in the place of another for every other one."""
        words = page.text.split()
        place = number % (len(words) + 1)
        return " ".join([*words[:place], f"w{next(self.numbers)}", *words[place + number % 2 :]])

    def edit(self, name: str, number: int) -> None:
        page, row = self.browsers[name], self.observation
        typed = self.typed(page, number)
        given = ObservationInput(row.heading, list(row.articles.all()), typed)
        edit_observation(actor=page.person, observation=row, given=given, base=page.revision, shown=self.seen(page))
        self.words |= set(typed.split())

    def seen(self, page: Browser) -> Shown:
        assert page.shown is not None
        return page.shown

    def suggest(self, name: str, number: int) -> None:
        page, row = self.browsers[name], self.observation
        given = SuggestionInput(self.typed(page, number))
        shown = shown_of_new(page.person, row.agreed_text)
        suggest(actor=page.person, place=row, given=given, base=page.revision, shown=shown)

    def chosen(self, name: str, number: int) -> Suggestion:
        rows = self.browsers[name].suggestions
        if not rows:
            raise Http404
        return rows[number % len(rows)]

    def lay(self, name: str, number: int) -> None:
        row = self.chosen(name, number)
        shown = shown_on_table(row.review)
        lay_suggestion(actor=self.browsers[name].person, suggestion=row, base=row.revision, shown=shown)

    def accept(self, name: str, number: int) -> None:
        page, row = self.browsers[name], self.chosen(name, number)
        text = merged(row, page.text)
        if text is None:
            raise Http404
        shown = self.seen(page)
        accept_suggestion(actor=page.person, suggestion=row, text=text, base=page.revision, shown=shown)
        self.words |= set(text.split())

    def reject(self, name: str, number: int) -> None:
        row = self.chosen(name, number)
        reject_suggestion(actor=self.browsers[name].person, suggestion=row, reason="No.")

    def withdraw(self, name: str, number: int) -> None:
        row = self.chosen(name, number)
        withdraw_suggestion(actor=self.browsers[name].person, suggestion=row, base=row.revision)

    def propose(self, name: str, _number: int) -> None:
        propose_version(actor=self.browsers[name].person, text=self.list)

    def attempt(self, act: str, name: str, number: int) -> bool:
        try:
            with transaction.atomic():
                getattr(self, act)(name, number)
        except _REFUSALS:
            return False
        self.done.add(act)
        return True

    def check(self, act: str, is_done: bool) -> None:
        row, text = self.observation, self.list
        history = dict(row.revisions.order_by("number").values_list("number", "text"))
        before, self.past = self.past, history
        assert {number: history[number] for number in before} == before, "what was saved stays in the history"
        assert list(history) == list(range(1, row.revision + 1)), "the history has no gap"
        assert history[row.revision] == row.text, "the history replays to the text"
        assert len(history) - len(before) == (is_done and act in {"edit", "accept"}), "nothing else writes a word"
        version = standing_version(text)
        assert version is None or version.sha256 == document_hash(version.document) == hash_of_table(text)
        for each in Suggestion.objects.filter(agreed_text=text):
            if each.decided_at:
                said = self.decided.setdefault(each.pk, (each.status, each.outcome))
                assert said == (each.status, each.outcome), "decided once"
                assert (each.status == "accepted") == (each.outcome in history.values() and bool(each.outcome))
            assert (each.room_id is None) == (each.status != "draft")

    def end(self) -> None:
        for name in PEOPLE:
            self.look(name, 0)
        assert len({page.text for page in self.browsers.values()}) == 1
        written = set(itertools.chain.from_iterable(each.split() for each in self.past.values()))
        assert self.words <= written, "every word that was accepted stands, or is in the history"
        for name in PEOPLE:
            rooms = {row.room_id for row in self.browsers[name].suggestions} - {None}
            assert rooms <= {self.cast.participations[name].state_party_id}, "a draft is seen in its room alone"


@pytest.fixture
def start(cast_at: Callable[[str], Cast]) -> Callable[[], Scene]:
    cast = cast_at("observations")
    text = journey.list_of(cast.review)
    table(cast, text, STANDS)
    return lambda: Scene(cast, text)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


ACTS = (
    "look",
    "look",
    "look",
    "edit",
    "suggest",
    "suggest",
    "lay",
    "accept",
    "accept",
    "reject",
    "withdraw",
    "propose",
)
STEPS = st.tuples(
    st.sampled_from(ACTS),
    st.sampled_from([*PEOPLE, "same_group_focal_point", "same_group_focal_point"]),
    st.integers(0, 19),
)
_FIRST, _OTHER, _OWN = "same_group_focal_point", "other_group_focal_point", "focal_point"
_ALL = [
    ("suggest", "expert", 2), ("look", _OWN, 0), ("lay", _OWN, 0), ("suggest", _OTHER, 16), ("look", _FIRST, 0),
    ("edit", _FIRST, 9), ("accept", _FIRST, 0), ("look", _FIRST, 0), ("accept", _FIRST, 0), ("propose", _FIRST, 0),
    ("accept", _FIRST, 1), ("look", _FIRST, 0), ("accept", _FIRST, 0), ("suggest", "expert", 4), ("look", "expert", 0),
    ("suggest", "expert", 4), ("look", "expert", 0), ("withdraw", "expert", 0), ("look", _OTHER, 0),
    ("suggest", _OTHER, 1), ("look", _FIRST, 0), ("reject", _FIRST, 0),
]  # fmt: skip


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@example(_ALL)
@given(st.lists(STEPS, min_size=8, max_size=30))
def test_the_history_adds_up(start: Callable[[], Scene], steps: list[tuple[str, str, int]]) -> None:
    with undone():
        scene = start()
        for act, name, number in steps:
            scene.check(act, scene.attempt(act, name, number))
        scene.end()
        if steps == _ALL:
            assert scene.done == set(ACTS), "without this the test would prove nothing"
