"""Both portals in one database: which of them a client is served by is a matter of settings."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django.fixtures import Settings

from core.database.identity import identified_as_system
from portal.practice.casting import make_exercise
from portal.practice.course import BY_KEY, TASKS, guide_of
from portal.practice.facts import progress_of
from portal.practice.frame import LEARNER
from portal.practice.models import Exercise
from portal.practice.others import play
from portal.practice.tasks import act_as_secretariat_task
from portal.practice.tokens import sign_over
from portal.reference import load_all
from tests.caches import empty_cache
from tests.database import enter_copy
from tests.plain_role import system_role

NAME = "Amina Diallo"
ENTER, DOOR = "portal:practice-door-enter", "portal:practice-door"


@pytest.fixture
def practice_folder() -> str:
    """Where the mechanism of an exercise lies, from the folder of all files on."""
    return "practice"


def practising(folder: str) -> dict[str, Any]:
    """The settings with which a practice portal is started."""
    return {
        "PRACTICE": True,
        "PRACTICE_URL": "",
        "PORTAL_URL": "http://portal.example",
        "LOGIN_URL": DOOR,
        "LOGOUT_REDIRECT_URL": DOOR,
        "VIEWS_AT_THE_DOOR": (*django_settings.VIEWS_AT_THE_DOOR, DOOR),
        "MECHANISMS_FOLDER": folder,
        "MECHANISM": "",
    }


@pytest.fixture
def practice(request: pytest.FixtureRequest, settings: Settings, practice_folder: str, db: None) -> Iterator[None]:
    """From here on the pages are those of the practice portal."""
    for name, value in practising(practice_folder).items():
        setattr(settings, name, value)
    if not request.node.get_closest_marker("kept"):
        load_all()
    empty_cache()
    yield
    empty_cache()
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        enter_copy()  # a mechanism is reference data, which would stay for other tests


def hand_over(name: str = NAME, language: str = "en") -> str:
    """What the portal would have signed."""
    return sign_over(learner=uuid4(), name=name, language=language)


def made() -> Exercise:
    """What the worker does: make the newest exercise."""
    exercise = Exercise.objects.latest("created_at")
    with system_role(), identified_as_system():
        make_exercise(exercise.pk)
    exercise.refresh_from_db()
    return exercise


def _begin(name: str, language: str) -> tuple[Client, Exercise]:
    """Come by a hand-over and begin an exercise, which a worker then makes."""
    client = Client()
    client.get(reverse(ENTER, args=[hand_over(name, language)]))
    client.post(reverse("portal:practice-door-begin"))
    return client, made()


def begun() -> tuple[str, Exercise]:
    """What most tests play on, to be kept: an exercise that ``NAME`` has begun, with the key of the session."""
    with override_settings(**practising("practice")):
        empty_cache()
        load_all()
        client, exercise = _begin(NAME, "en")
        empty_cache()
    return key_of(client), exercise


def key_of(client: Client) -> str:
    """That of the session, which is another one with each part that is taken."""
    return str(client.cookies[django_settings.SESSION_COOKIE_NAME].value)


def client_of(key: str) -> Client:
    """Who has the session of that key."""
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = key
    return client


@pytest.fixture
def begin(request: pytest.FixtureRequest, practice: None) -> Callable[..., tuple[Client, Exercise]]:
    """``begin(name, language)``: an exercise that has begun, and a client of its learner.

    The first one of ``NAME`` is the one that is kept, where the test is marked so.
    """
    there = [request.getfixturevalue("kept")] if request.node.get_closest_marker("kept") else []

    def begin(name: str = NAME, language: str = "en") -> tuple[Client, Exercise]:
        if there and (name, language) == (NAME, "en"):
            key, exercise = there.pop()
            return client_of(key), exercise
        return _begin(name, language)

    return begin


def act(client: Client, part: str) -> str:
    """Take a part; give where it leads."""
    response = client.post(reverse("portal:practice-door-act", args=[part]))
    assert response.status_code == 302
    return str(response["Location"])


def let_act(client: Client, key: str) -> None:
    """Let the portal play one task; what the secretariat does a worker then does."""
    client.post(reverse("portal:practice-door-others", args=[key]))
    if BY_KEY[key].part is None:
        work(_exercise_of(client), key)


def _exercise_of(client: Client) -> Exercise:
    return Exercise.objects.exclude(review=None).get(learner=client.session[LEARNER]["learner"], dropped_at=None)


def work(exercise: Exercise, key: str) -> None:
    """What a worker does that was asked for what the secretariat does."""
    with system_role(), identified_as_system():
        act_as_secretariat_task(str(exercise.pk), key)


def let_act_until(client: Client, key: str | None) -> None:
    """Play all that comes before a task and is not done yet; or all there is, where there is none.

    Not by its pages, which look each time at how far the exercise has come: ``let_act`` and ``play_on`` do that.
    """
    exercise = _exercise_of(client)
    progress = progress_of(exercise)
    for task in TASKS[: [task.key for task in TASKS].index(key) if key else None]:
        if task.key not in progress.done | progress.left_out:
            play(exercise, task)


def next_of(exercise: Exercise) -> str | None:
    """What the guide says is to be done next; None at the end."""
    task = guide_of(progress_of(exercise)).next
    return task.key if task else None


def play_on(client: Client, exercise: Exercise) -> list[str]:
    """Let the portal play what the guide says, until it says nothing more."""
    played: list[str] = []
    while key := next_of(exercise):
        assert key not in played, f"{key} was not done"
        let_act(client, key)
        played.append(key)
    return played
