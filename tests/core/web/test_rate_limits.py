"""How often one may ask: generous to people, closed to floods, and never in the way when the cache is away."""

import datetime as dt
import itertools
import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from redis import Redis
from redis.client import Pipeline
from redis.exceptions import ConnectionError as RedisConnectionError

from config.settings import base
from core.web.middleware.rate_limits import WINDOW, Count, pause
from tests.utils import Cast, login_as

START = dt.datetime(2026, 1, 5, 9, 0, 0, tzinfo=dt.UTC)  # the beginning of a window
API, PAGE, SAVE = "/api/v1/untoc/reviews/", "/en/", "/en/untoc/reviews/1-XVE/response/answers/I.untoc.1/"
_days = itertools.count(1)
MESSAGE = "You have asked for too much in too short a time. Nothing was changed. Try again in %s seconds."


def address() -> str:
    """A new one: counts of other tests are in the same cache."""
    return f"2001:db8::{uuid.uuid4().hex[:4]}:{uuid.uuid4().hex[:4]}"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A day of its own for each test: the people are the same, and so is the cache."""
    with time_machine.travel(START + dt.timedelta(days=next(_days)), tick=False) as traveller:
        yield traveller


def limit(settings: Any, **kinds: tuple[int, int]) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, **kinds}


def ask(client: Client, times: int, place: str, page: str = PAGE, **more: Any) -> list[int]:
    return [client.get(page, REMOTE_ADDR=place, **more).status_code for _ in range(times)]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("count", "most", "second", "expected"),
    [
        (Count(10, 0), 10, 0, 0),
        (Count(11, 0), 10, 0, 71),  # of eleven in this window one and the next request have to pass
        (Count(1, 10), 10, 0, 6),
        (Count(1, 10), 10, 6, 0),
        (Count(5, 10), 10, 29, 1),
        (Count(5, 10), 10, 30, 0),
        (Count(1, 0), 0, 59, 61 + WINDOW),
    ],
)
def test_the_window_slides(count: Count, most: int, second: int, expected: int) -> None:
    assert pause(count, most, START.timestamp() + second) == expected


@pytest.mark.unit
@pytest.mark.parametrize("now", range(0, 40, 3))
@pytest.mark.parametrize("before", range(0, 40, 7))
@pytest.mark.parametrize("second", [0, 1, 30, 59])
def test_who_waits_as_long_as_told_gets_in(now: int, before: int, second: int) -> None:
    most, at = 10, START.timestamp() + second
    if not (seconds := pause(Count(now, before), most, at)):
        return
    later = at + seconds
    windows = int(later // WINDOW) - int(at // WINDOW)
    then = {0: Count(now + 1, before), 1: Count(1, now)}.get(windows, Count(1, 0))
    assert pause(then if windows else Count(now, before), most, later) == 0


@pytest.mark.unit
def test_a_person_who_types_fast_for_minutes_is_never_kept_from_saving() -> None:
    """Ten saves a second, window after window."""
    person, place = base.RATE_LIMITS["autosave"]
    for second in range(WINDOW):
        assert pause(Count(10 * (second + 1), 600), person, START.timestamp() + second) == 0
    assert place == 10 * person


@pytest.mark.unit
def test_every_class_lets_an_address_ask_more_than_a_person() -> None:
    assert {kind for kind, (person, place) in base.RATE_LIMITS.items() if not 0 < person < place} == set()
    assert set(base.RATE_LIMIT_KINDS.values()) - {"none"} <= set(base.RATE_LIMITS)
    assert base.RATE_LIMIT_KINDS["questionnaires:questionnaire-word"] == "export"


@pytest.mark.django_db
def test_a_person_is_told_to_wait_and_then_gets_in(cast: Cast, settings: Any, clock: Any) -> None:
    limit(settings, read=(3, 100))
    client, place = login_as(Client(), cast.expert), address()
    assert ask(client, 3, place) == [200, 200, 200]
    refused = client.get(PAGE, REMOTE_ADDR=place)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "90")
    assert refused.headers["Cache-Control"] == "no-store"
    page = refused.content.decode()
    assert "<h1" in page
    assert MESSAGE % 90 in page
    clock.shift(90)
    assert ask(client, 1, place) == [200]


@pytest.mark.django_db
def test_one_person_is_the_same_at_two_addresses(cast: Cast, settings: Any, clock: Any) -> None:
    limit(settings, read=(3, 100))
    client = login_as(Client(), cast.expert)
    assert ask(client, 2, address()) + ask(client, 2, address()) == [200, 200, 200, 429]
    colleague = login_as(Client(), cast.focal_point)
    assert ask(colleague, 3, address()) == [200, 200, 200]


@pytest.mark.django_db
def test_two_people_at_one_address_share_the_limit_of_the_address(cast: Cast, settings: Any, clock: Any) -> None:
    limit(settings, read=(100, 3))
    place = address()
    one, other = login_as(Client(), cast.expert), login_as(Client(), cast.focal_point)
    assert ask(one, 2, place) + ask(other, 2, place) == [200, 200, 200, 429]
    assert ask(other, 1, address()) == [200]


@pytest.mark.django_db
def test_the_beginning_of_a_new_window_forgets_nothing_at_once(cast: Cast, settings: Any, clock: Any) -> None:
    limit(settings, read=(4, 100))
    client, place = login_as(Client(), cast.expert), address()
    clock.shift(59)
    assert ask(client, 4, place) == [200] * 4
    clock.shift(2)
    assert ask(client, 1, place) == [429]
    clock.shift(59)
    assert ask(client, 2, place) == [200, 200]


@pytest.mark.django_db
def test_classes_are_counted_apart(cast: Cast, settings: Any, clock: Any) -> None:
    limit(settings, read=(1, 100), write=(1, 100), api=(1, 100), search=(1, 100))
    client, place = login_as(Client(), cast.expert), address()
    assert ask(client, 2, place) == [200, 429]
    assert ask(client, 2, place, "/en/states/?q=a") == [200, 429]
    assert ask(client, 2, place, API) == [200, 429]
    posts = [client.post("/en/profile/", {}, REMOTE_ADDR=place).status_code for _ in range(2)]
    assert posts[0] != 429
    assert posts[1] == 429


@pytest.mark.django_db
def test_people_who_are_not_signed_in_are_counted_by_their_address(settings: Any, clock: Any) -> None:
    limit(settings, public=(1, 2))
    place = address()
    assert ask(Client(), 3, place, "/en/published/") == [200, 200, 429]
    assert ask(Client(), 5, place, "/healthz/") == [200] * 5


@pytest.mark.django_db
def test_a_fragment_and_a_program_are_told_in_their_own_way(cast: Cast, settings: Any, clock: Any) -> None:
    limit(settings, read=(1, 100), api=(1, 100), autosave=(1, 100))
    client, place = login_as(Client(), cast.expert), address()
    for page in (PAGE, API, SAVE):
        client.generic("POST" if page == SAVE else "GET", page, REMOTE_ADDR=place)
    fragment = client.get(PAGE, REMOTE_ADDR=place, headers={"HX-Request": "true"})
    assert fragment.status_code == 429
    assert "<html" not in fragment.content.decode()
    assert MESSAGE % 120 in fragment.content.decode()
    for asked in (
        client.get(API, REMOTE_ADDR=place),
        client.post(SAVE, REMOTE_ADDR=place, headers={"Accept": "application/json"}),
    ):
        assert (asked.status_code, asked.headers["Content-Type"]) == (429, "application/problem+json")
        assert asked.json() == {"type": "about:blank", "status": 429, "title": MESSAGE % 120, "retry_after": 120}


@pytest.mark.django_db
@pytest.mark.parametrize("error", [RedisConnectionError("away"), OSError("no route")])
def test_everybody_gets_in_while_the_cache_is_away(
    cast: Cast, settings: Any, monkeypatch: Any, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    limit(settings, read=(0, 0))

    def fails(*args: Any, **kwargs: Any) -> Any:
        raise error

    monkeypatch.setattr(Pipeline, "execute", fails)
    with caplog.at_level(logging.WARNING, "core.web.middleware.rate_limits"):
        assert ask(login_as(Client(), cast.expert), 1, address()) == [200]
    assert f"requests are not counted, for the cache is away: {error}" in caplog.text


@pytest.mark.django_db
def test_counting_takes_one_round_trip_and_no_query(
    cast: Cast, settings: Any, monkeypatch: Any, django_assert_num_queries: Any, clock: Any
) -> None:
    from core.web.middleware import rate_limits

    trips: list[str] = []
    original, single = Pipeline.execute, Redis.execute_command
    monkeypatch.setattr(Pipeline, "execute", lambda self, *a, **k: trips.append("pipeline") or original(self, *a, **k))
    monkeypatch.setattr(Redis, "execute_command", lambda self, *a, **k: trips.append(a[0]) or single(self, *a, **k))
    caches["default"].get("warm")
    trips.clear()
    with django_assert_num_queries(0):
        counts = rate_limits._count([f"read:address:{address()}", f"read:person:{uuid.uuid4()}"], START.timestamp())
    assert (counts, trips) == ([Count(1, 0), Count(1, 0)], ["pipeline"])
