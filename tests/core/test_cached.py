"""The cache holds data, not programs: whoever can write to Valkey runs nothing in our processes."""

import datetime as dt
import pickle
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from core.cached import JSONSerializer
from tests.caches import empty_cache
from tests.factories.accounts import UserFactory
from tests.utils import login_as

KEY = "test-cached"


@pytest.fixture(autouse=True)
def _empty() -> None:
    empty_cache()


def raw() -> Any:
    return cache._cache.get_client(None, write=True)  # type: ignore[attr-defined]


ran: list[str] = []


def run(word: str) -> None:
    ran.append(word)


class Runs:
    def __reduce__(self) -> tuple[Any, ...]:
        return (run, ("it ran",))


def test_a_program_in_the_cache_is_not_run() -> None:
    program = pickle.dumps(Runs())
    pickle.loads(program)  # noqa: S301 - what would happen
    assert ran == ["it ran"]
    raw().set(cache.make_key(KEY), program)
    with pytest.raises(UnicodeDecodeError):
        cache.get(KEY)
    assert ran == ["it ran"]


@pytest.mark.parametrize(
    "value", [0, 7, -3, 2.5, True, False, None, "", "7", "أهلا", [], [1.5, "x"], {"a": [1, {"b": None}]}]
)
def test_what_json_knows_comes_back_as_it_was(value: Any) -> None:
    cache.set(KEY, value, 10)
    found = cache.get(KEY, "nothing")
    assert (found, type(found)) == (value, type(value))


def test_numbers_are_counted_by_valkey() -> None:
    cache.set(KEY, 1, 10)
    assert (cache.incr(KEY), cache.incr(KEY, 5), cache.get(KEY)) == (2, 7, 7)


@pytest.mark.parametrize("value", [dt.timedelta(1), dt.date(2026, 1, 1), object(), float("nan"), b"x"])
def test_what_would_come_back_otherwise_is_refused_at_once(value: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        JSONSerializer().dumps(value)


@pytest.mark.django_db
def test_a_session_is_kept_as_json(client: Client) -> None:
    login_as(client, UserFactory())
    client.get("/en/states/")
    kept = [raw().get(key) for key in raw().scan_iter(match=cache.make_key("*cached_db*"))]
    assert kept
    assert all(value.startswith(b"{") for value in kept)
