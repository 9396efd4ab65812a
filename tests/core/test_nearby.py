"""What each page asks is kept in the process for some seconds, and forgotten by whoever changes it."""

from types import SimpleNamespace

import pytest

from core import cached
from core.cached import Nearby
from tests.caches import empty_cache


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def nearby(asked: list[str]) -> Nearby[int]:
    empty_cache()

    def look() -> int:
        asked.append("looked")
        return len(asked)

    return Nearby("test-nearby", look, cached_for=60, near_for=10)


def other_process(nearby: Nearby[int]) -> Nearby[int]:
    return Nearby(nearby._key, nearby._look, cached_for=60, near_for=10)


def test_it_is_looked_up_once_for_all_processes(nearby: Nearby[int], asked: list[str]) -> None:
    assert [nearby.get(), nearby.get(), other_process(nearby).get()] == [1, 1, 1]
    assert asked == ["looked"]


def test_who_forgets_looks_anew_at_once_and_others_when_their_copy_is_over(
    nearby: Nearby[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [100.0]
    monkeypatch.setattr(cached, "time", SimpleNamespace(monotonic=lambda: seconds[0]))
    other = other_process(nearby)
    assert (nearby.get(), other.get()) == (1, 1)
    nearby.forget()
    assert nearby.get() == 2
    assert other.get() == 1
    seconds[0] += 10
    assert other.get() == 2


def test_an_emptied_cache_leaves_no_copy(nearby: Nearby[int]) -> None:
    nearby.get()
    cached.forget_nearby()
    empty_cache()
    assert nearby.get() == 2
