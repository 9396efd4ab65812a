"""The making of an exercise by a worker: asked for once, told where it fails, and not done over and over."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.states.models import StateParty
from core.database.identity import identified_as_system
from core.errors import ServiceError
from portal.practice import casting
from portal.practice.models import Exercise
from portal.practice.selectors import ASKED_AGAIN_AFTER
from portal.practice.services.exercises import RESETS_A_DAY
from portal.practice.tasks import make_exercise_task
from tests.plain_role import system_role
from tests.portal.practice.conftest import DOOR, ENTER, hand_over, made

pytestmark = pytest.mark.django_db
Begin = Callable[..., tuple[Client, Exercise]]
BEGIN, RESET = "portal:practice-door-begin", "portal:practice-door-reset"
FULL = "The practice portal is full"


@pytest.fixture
def asked(practice: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The exercises that workers were asked for."""
    keys: list[str] = []
    monkeypatch.setattr(make_exercise_task, "delay", keys.append)
    return keys


def waiting() -> tuple[Client, Exercise]:
    """Somebody who has begun, and for whom no worker has made anything yet."""
    client = Client()
    client.get(reverse(ENTER, args=[hand_over()]))
    client.post(reverse(BEGIN))
    return client, Exercise.objects.get()


def work(exercise: Exercise) -> None:
    with system_role(), identified_as_system():
        make_exercise_task(str(exercise.pk))


def later(exercise: Exercise) -> None:
    Exercise.objects.filter(pk=exercise.pk).update(asked_at=timezone.now() - ASKED_AGAIN_AFTER)


def test_a_worker_is_asked_again_only_after_a_while(asked: list[str]) -> None:
    client, exercise = waiting()
    page = client.get(reverse(DOOR)).content.decode()
    assert ("Your review is being prepared" in page, "Try again" in page) == (True, False)
    for _press in range(3):
        client.post(reverse(BEGIN))
    assert asked == [str(exercise.pk)]
    later(exercise)
    assert "Try again" in client.get(reverse(DOOR)).content.decode()
    for _press in range(3):
        client.post(reverse(BEGIN))
    assert asked == [str(exercise.pk)] * 2


@pytest.mark.parametrize(("error", "reason"), [(ServiceError(FULL), FULL), (KeyError("a secret"), "KeyError")])
def test_why_it_could_not_be_made_is_kept_and_shown(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    client, exercise = waiting()

    def fail(*_words: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(casting, "_states", fail)
        with pytest.raises(type(error)):
            work(exercise)
    page = client.get(reverse(DOOR)).content.decode()
    assert "Your review could not be prepared." in page
    assert reason in page
    assert ("Your review is being prepared" in page, "a secret" in page, "Try again" in page) == (False,) * 3
    later(exercise)
    client.post(reverse(BEGIN))
    work(exercise)
    exercise.refresh_from_db()
    assert (exercise.failure, exercise.review is None) == ("", False)


def test_where_all_codes_of_states_are_used_up_a_learner_reads_it(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, exercise = waiting()
    monkeypatch.setattr(casting, "_codes", lambda: iter(StateParty.objects.values_list("iso3", flat=True)))
    with pytest.raises(ServiceError):
        work(exercise)
    assert FULL in client.get(reverse(DOOR)).content.decode()


def test_one_begins_anew_a_few_times_a_day(begin: Begin) -> None:
    client, _first = begin()
    for _time in range(RESETS_A_DAY):
        client.post(reverse(RESET))
        last = made()
    page = client.post(reverse(RESET), follow=True).content.decode()
    assert "You have begun anew often enough for now." in page
    assert Exercise.objects.get(dropped_at=None) == last
    Exercise.objects.exclude(dropped_at=None).update(dropped_at=timezone.now() - dt.timedelta(days=1, minutes=1))
    client.post(reverse(RESET))
    assert Exercise.objects.get(dropped_at=None) != last


def test_a_second_press_begins_nothing_more(begin: Begin) -> None:
    client, first = begin()
    for _press in range(2):
        assert client.post(reverse(RESET)).headers.get("Location") == reverse(DOOR)
    assert Exercise.objects.exclude(pk=first.pk).count() == 1


def test_what_others_begin_anew_counts_for_them(begin: Begin) -> None:
    client, _exercise = begin()
    for _time in range(RESETS_A_DAY):
        client.post(reverse(RESET))
        made()
    other, before = begin("Olga Petrova")
    other.post(reverse(RESET))
    before.refresh_from_db()
    assert before.dropped_at is not None


def test_before_one_begins_anew_one_reads_what_becomes_of_the_words(begin: Begin) -> None:
    client, _exercise = begin()
    page = client.get(reverse(RESET)).content.decode()
    assert f"You can begin anew {RESETS_A_DAY} times a day." in page
    assert "stays in the database of the practice portal" in page
