"""What ends is started again, later each time, after what it needs; what ends again and again is given up."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from config.embedded import EmbeddedError, healing, pulse
from config.embedded.healing import Healer, Limits, SupervisedProcess, pause_after
from config.embedded.processes import START_SECONDS

pytestmark = pytest.mark.unit


class Process:
    """A child that a test lets die; it answers when the test says so."""

    def __init__(self, log: Path) -> None:
        self.ended = False
        self.log = log
        self.process = SimpleNamespace(returncode=-9, pid=0)

    def last_lines(self) -> str:
        return "its last words"


class World:
    """Two processes, of which one needs the other, and a clock that the test moves."""

    def __init__(self, tmp_path: Path) -> None:
        self.now = 1000.0
        self.said: list[str] = []
        self.answering = {"Database": True, "Worker": True}
        self.launched: list[str] = []
        self.log = tmp_path / "log"
        self.database = self.part("Database")
        self.worker = self.part("Worker", self.database)
        self.healer = Healer([self.database, self.worker], Limits(3, 600.0), self.said.append, lambda: self.now)

    def part(self, name: str, *needs: SupervisedProcess) -> SupervisedProcess:
        def launch() -> Any:
            self.launched.append(name)
            return Process(self.log)

        part = SupervisedProcess(name, launch, lambda: self.answering[name], needs)
        part.child = launch()
        self.launched.clear()
        return part

    def dies(self, part: SupervisedProcess) -> None:
        assert isinstance(part.child, Process)
        part.child.ended = True
        self.healer.look()

    def pass_seconds(self, seconds: float) -> list[str]:
        """Let time pass, looking each second; give what was started in it."""
        self.launched.clear()
        for _second in range(int(seconds)):
            self.now += 1
            self.healer.look()
        return list(self.launched)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(healing, "kill", lambda child: setattr(child, "ended", True))
    return World(tmp_path)


def test_pauses_grow_to_half_a_minute() -> None:
    assert [pause_after(deaths) for deaths in range(1, 9)] == [1, 2, 4, 8, 16, 30, 30, 30]


def test_who_ends_is_started_again_and_told(world: World) -> None:
    world.dies(world.worker)
    assert world.said == ["Worker ended unexpectedly (status -9); it is started again in 1 s."]
    assert world.pass_seconds(3) == ["Worker"]
    assert world.said[1:] == ["Worker runs again."]


def test_each_time_later(world: World) -> None:
    world.dies(world.worker)
    world.pass_seconds(5)
    world.dies(world.worker)
    assert world.pass_seconds(1) == []
    assert world.pass_seconds(1) == ["Worker"]


def test_who_ends_again_and_again_is_given_up_with_the_end_of_its_log(world: World) -> None:
    for _death in range(2):
        world.dies(world.worker)
        world.pass_seconds(60)
    with pytest.raises(EmbeddedError, match=r"Worker ended 3 times within 10 minutes.*\n?.*its last words"):
        world.dies(world.worker)


def test_deaths_of_long_ago_are_forgiven(world: World) -> None:
    for _death in range(10):
        world.dies(world.worker)
        assert world.pass_seconds(400) == ["Worker"]


def test_who_ends_for_want_of_another_waits_for_it_and_is_not_blamed(world: World) -> None:
    world.answering["Database"] = False
    world.dies(world.database)
    for _death in range(5):
        if world.worker.child:
            world.dies(world.worker)
        assert "Worker" not in world.pass_seconds(60), "the database does not answer yet"
    assert "Worker ended (status -9); it waits for Database." in world.said
    world.answering["Database"] = True
    assert world.pass_seconds(3) == ["Worker"]
    assert len(world.worker.deaths) == 0


def test_a_start_without_end_is_a_death(world: World) -> None:
    world.answering["Worker"] = False
    world.dies(world.worker)
    world.pass_seconds(START_SECONDS - 10)
    assert len(world.said) == 1
    world.pass_seconds(20)
    assert world.said[1:] == ["Worker ended unexpectedly (status -9); it is started again in 1 s."]


def test_who_hangs_is_started_again_and_that_is_no_death(world: World) -> None:
    for _time in range(10):
        world.healer.restart(world.worker, "shows no sign of life")
        assert world.pass_seconds(2) == ["Worker"]
    assert world.said[0] == "Worker shows no sign of life; it is started again."


def checks(**holding: bool) -> pulse.Facts:
    return {name: {"ok": good} for name, good in {"write": True, "clock": True, "queue": True, **holding}.items()}


def hanging(said: pulse.Facts | None, seconds: int) -> set[str]:
    """Who is taken to hang when the portal has said the same for so long, each ten seconds."""
    now = [0.0]
    watch = pulse.Watch(90, lambda: now[0])
    for now[0] in range(0, seconds + 1, 10):
        watch.note(said)
    return {name for name in ("web", "worker", "beat") if watch.hangs(name, started_at=0.0)}


def test_who_shows_no_sign_of_life_hangs() -> None:
    assert hanging(checks(), 3600) == set()
    assert hanging(checks(clock=False, queue=False), 80) == set()
    assert hanging(checks(clock=False, queue=False), 100) == {"beat"}, "the worker has nothing to do without it"
    assert hanging(checks(queue=False), 15 * 60) == set(), "its processes may all be at long work"
    assert hanging(checks(queue=False), 21 * 60) == {"worker"}
    assert hanging(None, 70) == {"web"}


def test_while_the_database_is_away_nobody_is_taken_to_hang() -> None:
    assert hanging(checks(write=False, clock=False, queue=False), 3600) == set()


def test_a_process_gets_as_long_after_its_start() -> None:
    watch = pulse.Watch(90, lambda: 1000.0)
    assert watch.hangs("beat", started_at=900.0)
    assert not watch.hangs("beat", started_at=950.0)
