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
from tests.walk.accessible import Accessibility, is_looked_at
from tests.walk.looks import Look, walk

pytestmark = pytest.mark.xdist_group("walk")
READERS = ("focal_point", "same_group_focal_point", "officer")
# Stored, and on no page.
NOT_SHOWN: set[str] = set()


@dataclass
class Walked:
    """What is wrong by the name of the check; and how much was seen."""

    problems: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    looks: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    words: int = 0
    seen_in_browser: int = 0
    expected: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)

    def look(self, look: Look, scene: Scene) -> None:
        self.looks[look.language] += 1
        self.answers += look.person != "nobody" and look.language == "en"
        for check in checks.CHECKS:
            self.problems[check.__name__] += [f"{look}: {problem}" for problem in check(look, scene)]
        if look.person in READERS and look.language == "en" and look.page.method == "get":
            self.met |= {scene.canaries.fields[word] for word in WORD.findall(look.text)}


def walked_at(stage: str, scene: Scene, spoken: set[str]) -> Walked:
    walked = Walked(words=len(scene.canaries.fields))
    words = scene.canaries
    walked.expected = {words.fields[word] for word, may in words.readers.items() if may & set(READERS)}
    browser = Accessibility()
    with browser.open() if CHROMIUM else nullcontext():
        for look in walk(scene, stage, spoken):
            walked.look(look, scene)
            if CHROMIUM and look.is_page and is_looked_at(look.page, stage, look.person):
                browser.look(look)
        walked.problems["accessible"] = browser.problems
    walked.seen_in_browser = len(browser)
    return walked


@pytest.fixture(scope="module")
def walks(_stage: Stage, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[str], Walked]]:
    """``walks(stage)``: what the walk at that step saw. It is made once, at the first who asks."""
    made: dict[str, Walked] = {}
    spoken: set[str] = set()

    def walks(stage: str) -> Walked:
        if stage not in made:
            with django_db_blocker.unblock():
                made[stage] = walked_at(stage, _stage.set_scene(stage), spoken)
        return made[stage]

    yield walks
    with django_db_blocker.unblock():
        _stage.clear()


@pytest.fixture
def walked(walks: Callable[[str], Walked], stage: str) -> Walked:
    """What the walk at the step of the test saw. It takes minutes, and is no part of the time of the test."""
    return walks(stage)


@pytest.fixture
def all_walked(walks: Callable[[str], Walked]) -> list[Walked]:
    return [walks(stage) for stage in STAGES]


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("stage", STAGES)
def test_every_answer_passes(
    walked: Walked, stage: str, check: checks.Check, record_property: Callable[[str, object], None]
) -> None:
    assert "\n".join(walked.problems[check.__name__]) == ""
    if check is checks.planted_words:
        record_property("answers", walked.answers)
        record_property("words", walked.words)
        record_property("looks", walked.looks.total())


@pytest.mark.parametrize("stage", STAGES)
def test_every_page_is_accessible(walked: Walked, stage: str) -> None:
    if not CHROMIUM and not IS_CI:
        pytest.skip("no Chromium on this machine: no page was looked at")
    assert "\n".join(walked.problems["accessible"]) == ""
    assert walked.seen_in_browser > 1


def test_those_who_may_meet_the_words_of_a_field_do(all_walked: list[Walked]) -> None:
    """Without this the walk could find no leak only because the words stand nowhere."""
    expected, met = (set().union(*(getattr(each, name) for each in all_walked)) for name in ("expected", "met"))
    assert sorted(expected - met) == sorted(NOT_SHOWN)
