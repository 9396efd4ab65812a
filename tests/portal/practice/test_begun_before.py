"""An exercise that was begun before its mechanism had consultations and a summary goes on after an upgrade."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from core.database.identity import identified_as_system
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from portal.practice.casting import ACTOR
from portal.practice.course import TASKS, guide_of
from portal.practice.facts import is_finished, progress_of
from portal.practice.models import Exercise
from portal.reference import load_all
from questionnaires.sending import open_response
from reviews.cases.models import Review
from reviews.programme.enums import StepKind
from tests.caches import empty_cache
from tests.plain_role import system_role
from tests.portal.practice.conftest import DOOR, act, let_act, let_act_until, made, next_of, play_on

pytestmark = pytest.mark.django_db
Begin = Callable[..., tuple[Client, Exercise]]
SOURCE = project.FIXTURES_DIR / "practice" / "practice"
SUMMARY = {task.key for task in TASKS if task.stage == TextKind.SUMMARY}
NEW = {"propose-languages", "confirm-languages", "second-confirms", "open", "process-answers", "process-feedback"}


@pytest.fixture
def practice_folder(tmp_path: Path) -> str:
    """The mechanism as it was: five steps, and a plan of six milestones."""
    folder = tmp_path / "practice"
    folder.mkdir()
    data, words = (json.loads((SOURCE / f"{name}.json").read_text("utf-8")) for name in ("mechanism", "blueprints"))
    data["steps"] = _in_order(row for row in data["steps"] if row["slug"] not in {"consultations", "summary"})
    kept = (row for row in data["step_plan"] if row["kind"] not in {"consultation", "processing", "summary"})
    data["step_plan"] = _in_order(kept)
    data["step_plan"][0]["step"] = data["steps"][0]["slug"]
    del words["summary"]
    (folder / "mechanism.json").write_text(json.dumps(data), "utf-8")
    (folder / "blueprints.json").write_text(json.dumps(words), "utf-8")
    for name in ("exercise.json", "questionnaires"):
        (folder / name).symlink_to(SOURCE / name)
    return str(tmp_path)


def _in_order(rows: Any) -> list[dict[str, Any]]:
    return [{**row, "order": order} for order, row in enumerate(rows, start=1)]


@pytest.fixture
def upgrade(settings: Settings) -> Callable[[], None]:
    """The next start, with the files that there are now."""

    def upgrade() -> None:
        settings.MECHANISMS_FOLDER = "practice"
        load_all()
        empty_cache()

    return upgrade


def begun_before(begin: Begin) -> tuple[Client, Exercise]:
    """As it was made then: with the self-assessment open."""
    client, exercise = begin()
    with system_role(), identified_as_system():
        review = Review.objects.get(pk=exercise.review_id)
        assert review.step.kind == StepKind.QUESTIONNAIRE
        open_response(ACTOR, review, language=exercise.language)
    return client, exercise


@pytest.mark.parametrize(
    "came_to",
    [
        "answer",
        pytest.param("comment", marks=pytest.mark.prove),
        pytest.param("reply", marks=pytest.mark.prove),
        pytest.param("observe", marks=pytest.mark.prove),
        "second-agrees",
    ],
)
def test_it_goes_on_where_it_stood_and_ends_with_the_summary(
    begin: Begin, upgrade: Callable[[], None], came_to: str
) -> None:
    client, exercise = begun_before(begin)
    let_act_until(client, came_to)
    before = guide_of(progress_of(exercise))
    assert len(before.rows) == 20
    upgrade()
    after = guide_of(progress_of(exercise))
    assert next_of(exercise) == came_to
    assert {row.task.key for row in after.rows} == {row.task.key for row in before.rows} | SUMMARY
    assert after.done == before.done
    assert client.get(act(client, "own-focal-point")).status_code == 200
    assert set(play_on(client, exercise)) >= SUMMARY
    assert is_finished(exercise)
    assert AgreedText.objects.filter(review=exercise.review, kind=TextKind.SUMMARY).exists()


def test_one_that_was_finished_stays_so(begin: Begin, upgrade: Callable[[], None]) -> None:
    client, exercise = begun_before(begin)
    play_on(client, exercise)
    assert is_finished(exercise)
    upgrade()
    assert is_finished(exercise)
    page = client.get(reverse(DOOR)).content.decode()
    assert "You have played a whole review" in page
    assert "20 of 20 steps done" in page


def test_one_that_is_begun_anew_after_it_has_all_steps(begin: Begin, upgrade: Callable[[], None]) -> None:
    client, exercise = begun_before(begin)
    let_act(client, "answer")
    upgrade()
    client.post(reverse("portal:practice-door-reset"))
    anew = made()
    assert {row.task.key for row in guide_of(progress_of(anew)).rows} == {task.key for task in TASKS}
    assert set(play_on(client, anew)) >= NEW
    assert is_finished(anew)
    assert not is_finished(exercise)
