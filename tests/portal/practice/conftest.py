"""Both portals in one database: which of them a client is served by is a matter of settings."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from core.database.identity import identified_as_system
from portal.practice.casting import make_exercise
from portal.practice.course import BY_KEY, TASKS, guide_of
from portal.practice.facts import progress_of
from portal.practice.frame import LEARNER
from portal.practice.models import Exercise
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


@pytest.fixture
def practice(request: pytest.FixtureRequest, settings: Settings, practice_folder: str, db: None) -> Iterator[None]:
    """From here on the pages are those of the practice portal."""
    settings.PRACTICE, settings.PRACTICE_URL = True, ""
    settings.PORTAL_URL = "http://portal.example"
    settings.LOGIN_URL = settings.LOGOUT_REDIRECT_URL = DOOR
    settings.VIEWS_AT_THE_DOOR = (*settings.VIEWS_AT_THE_DOOR, DOOR)
    settings.MECHANISMS_FOLDER, settings.MECHANISM = practice_folder, ""  # as a practice portal is started
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


@pytest.fixture
def begin(practice: None) -> Callable[..., tuple[Client, Exercise]]:
    """Come by a hand-over and begin an exercise, which a worker then makes."""

    def begin(name: str = NAME, language: str = "en") -> tuple[Client, Exercise]:
        client = Client()
        client.get(reverse(ENTER, args=[hand_over(name, language)]))
        client.post(reverse("portal:practice-door-begin"))
        return client, made()

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
        work(
            Exercise.objects.exclude(review=None).get(learner=client.session[LEARNER]["learner"], dropped_at=None), key
        )


def work(exercise: Exercise, key: str) -> None:
    """What a worker does that was asked for what the secretariat does."""
    with system_role(), identified_as_system():
        act_as_secretariat_task(str(exercise.pk), key)


def let_act_until(client: Client, key: str) -> None:
    """Let the portal play all that comes before a task and is not done yet."""
    for task in TASKS[: [task.key for task in TASKS].index(key)]:
        let_act(client, task.key)


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
