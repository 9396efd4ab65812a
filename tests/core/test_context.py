"""What was looked up for somebody is kept while one acts for that person, and not a moment longer."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people.models import User
from config.celery import app
from core import context
from core.database.identity import identified_as, identified_as_nobody, identified_as_system, looking_past_rooms
from core.policy import SystemActor

pytestmark = pytest.mark.unit


class Looking:
    """Counts how often it was looked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_it_is_looked_up_once() -> None:
    look = Looking()
    with context.begun():
        assert [context.looked_up(("capacity", 1), look) for _time in range(3)] == [1, 1, 1]
        assert context.looked_up(("capacity", 2), look) == 2


def test_nothing_found_is_kept_too() -> None:
    with context.begun():
        assert context.looked_up(("capacity", 1), lambda: None) is None
        assert context.looked_up(("capacity", 1), Looking()) is None


def test_where_nobody_acts_it_is_looked_up_each_time() -> None:
    look = Looking()
    context.keep(("capacity", 1), 7)
    assert [context.looked_up(("capacity", 1), look), context.looked_up(("capacity", 1), look)] == [1, 2]
    context.forget("capacity")
    assert context.all_kept("capacity") == []


def test_what_has_changed_is_forgotten_and_nothing_else() -> None:
    with context.begun():
        for key in (("capacity", 1, "a"), ("capacity", 1, "b"), ("capacity", 2, "a"), ("place", 1, "a")):
            context.keep(key, key)
        assert context.all_kept("capacity", 1) == [("capacity", 1, "a"), ("capacity", 1, "b")]
        context.forget("capacity", 1)
        assert context.all_kept() == [("capacity", 2, "a"), ("place", 1, "a")]


@pytest.mark.parametrize("begin", [identified_as_nobody, lambda: identified_as(SystemActor("tests"))])
def test_nothing_is_there_for_who_acts_next(begin: object) -> None:
    look = Looking()
    with identified_as(User()):
        assert context.looked_up(("capacity", 1), look) == 1
        with begin():
            assert context.looked_up(("capacity", 1), look) == 2
        assert context.looked_up(("capacity", 1), look) == 1
    with identified_as(AnonymousUser()):
        assert context.looked_up(("capacity", 1), look) == 3


def test_a_command_keeps_nothing() -> None:
    look = Looking()
    with identified_as_system():
        assert [context.looked_up(("capacity", 1), look), context.looked_up(("capacity", 1), look)] == [1, 2]


def test_a_task_of_a_worker_does() -> None:
    look = Looking()

    @app.task
    def looking() -> list[int]:
        return [context.looked_up(("capacity", 1), look), context.looked_up(("capacity", 1), look)]

    try:
        assert looking() == [1, 1]
        assert looking() == [2, 2]
    finally:
        app.tasks.pop(looking.name)


def test_an_errand_for_the_same_person_knows_what_was_looked_up() -> None:
    with identified_as(User()):
        context.keep(("capacity", 1), "kept")
        with looking_past_rooms():
            assert context.looked_up(("capacity", 1), Looking()) == "kept"


def test_it_is_as_before_after_a_failure() -> None:
    with context.begun():
        context.keep(("capacity", 1), "outer")
        with pytest.raises(RuntimeError), context.begun():
            raise RuntimeError
        assert context.looked_up(("capacity", 1), Looking()) == "outer"
