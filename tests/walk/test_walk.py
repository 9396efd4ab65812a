"""What the walk saw, by what was asked of it. Failures name page, step, language and person."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field

import pytest
from pytest_django import DjangoDbBlocker

from tests.browser import CHROMIUM, IS_CI
from tests.conftest import Stage
from tests.permissions.canaries import WORD
from tests.permissions.urls_base import STAGES, Scene
from tests.walk import checks
from tests.walk.accessible import Accessibility, Place, is_looked_at
from tests.walk.looks import ARABIC_READERS, Look, walk

pytestmark = pytest.mark.xdist_group("walk")
READERS = ("focal_point", "same_group_focal_point", "officer")
# Stored, and on no page.
# At none of the stages is a new version being prepared: tests/questionnaires/sending/test_revising.py reads it.
NOT_SHOWN = {"questionnaires.Response.revision_reason"}


@dataclass
class Walked:
    """What is wrong by the name of the check; and how much was seen."""

    problems: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    looks: Counter[str] = field(default_factory=Counter)
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answers: int = 0
    words: int = 0
    seen_in_browser: int = 0
    expected: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)

    def look(self, look: Look, scene: Scene) -> None:
        self.looks[look.language] += 1
        if look.is_open and look.page.method == "get" and look.person in ARABIC_READERS:
            self.shown[look.language].add(look.page.name)
        self.answers += look.person != "nobody" and look.language == "en"
        for check in checks.CHECKS:
            self.problems[check.__name__] += [f"{look}: {problem}" for problem in check(look, scene)]
        if look.person in READERS and look.language == "en" and look.page.method == "get":
            self.met |= {scene.canaries.fields[word] for word in WORD.findall(look.text)}


@dataclass
class Known:
    """What has been seen at any step before: in Arabic, by axe, by axe for its colours."""

    spoken: set[str] = field(default_factory=set)
    judged: set[str] = field(default_factory=set)
    coloured: dict[Place, bool] = field(default_factory=dict)


def walked_at(stage: str, scene: Scene, known: Known, *, is_rest: bool) -> Walked:
    walked = Walked(words=len(scene.canaries.fields))
    words = scene.canaries
    walked.expected = {words.fields[word] for word, may in words.readers.items() if may & set(READERS)}
    browser = Accessibility(known.judged, known.coloured)
    with browser.open() if CHROMIUM else nullcontext():
        for look in walk(scene, stage, known.spoken, is_rest=is_rest):
            walked.look(look, scene)
            if CHROMIUM and look.is_page and is_looked_at(look.page, stage, look.person):
                browser.look(look)
        walked.problems["accessible"] = browser.problems
    walked.seen_in_browser = len(browser)
    return walked


@pytest.fixture(scope="module")
def walks(_stage: Stage, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[..., Walked]]:
    """``walks(stage)``: what the walk at that step saw. It is made once, at the first who asks."""
    made: dict[tuple[str, bool], Walked] = {}
    known = Known()

    def walks(stage: str, *, is_rest: bool = False) -> Walked:
        if (stage, is_rest) not in made:
            with django_db_blocker.unblock():
                made[stage, is_rest] = walked_at(stage, _stage.set_scene(stage), known, is_rest=is_rest)
        return made[stage, is_rest]

    yield walks
    with django_db_blocker.unblock():
        _stage.clear()


@pytest.fixture
def walked(walks: Callable[..., Walked], stage: str) -> Walked:
    """What the walk at the step of the test saw. It takes minutes, and is no part of the time of the test."""
    return walks(stage)


@pytest.fixture
def rest_walked(walks: Callable[..., Walked], stage: str) -> Walked:
    """The same of what is left out every day."""
    return walks(stage, is_rest=True)


@pytest.fixture
def all_walked(walks: Callable[..., Walked]) -> list[Walked]:
    return [walks(stage) for stage in STAGES]


Note = Callable[[str, object], None]
of_each_check = pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)


def assert_passed(walked: Walked, check: checks.Check, note: Note) -> None:
    assert "\n".join(walked.problems[check.__name__]) == ""
    if check is checks.planted_words:
        note("answers", walked.answers)
        note("words", walked.words)
        note("looks", walked.looks.total())


@of_each_check
@pytest.mark.parametrize("stage", STAGES)
def test_every_answer_passes(walked: Walked, stage: str, check: checks.Check, record_property: Note) -> None:
    assert_passed(walked, check, record_property)


@pytest.mark.prove
@of_each_check
@pytest.mark.parametrize("stage", STAGES)
def test_every_other_answer_passes(rest_walked: Walked, stage: str, check: checks.Check, record_property: Note) -> None:
    assert_passed(rest_walked, check, record_property)


@pytest.mark.parametrize("stage", STAGES)
def test_every_page_is_accessible(walked: Walked, stage: str) -> None:
    if not CHROMIUM and not IS_CI:
        pytest.skip("no Chromium on this machine: no page was looked at")
    assert "\n".join(walked.problems["accessible"]) == ""
    assert walked.seen_in_browser > 1


def test_every_page_is_seen_in_arabic_too(all_walked: list[Walked]) -> None:
    """Which is what is left out because another page says the same must never add up to."""
    english, arabic = (set().union(*(each.shown[language] for each in all_walked)) for language in ("en", "ar"))
    assert sorted(english - arabic) == []


def test_those_who_may_meet_the_words_of_a_field_do(all_walked: list[Walked]) -> None:
    """Without this the walk could find no leak only because the words stand nowhere."""
    expected, met = (set().union(*(getattr(each, name) for each in all_walked)) for name in ("expected", "met"))
    assert sorted(expected - met) == sorted(NOT_SHOWN)
