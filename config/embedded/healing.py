"""Keep processes alive: start again what ended, later each time, and give up what ends again and again.

What a process needs (the web server its database) is there first: it waits for that, and its deaths while that is away
do not count. What hangs is told to us by whoever watches it, and is killed and started again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from config.embedded import EmbeddedError
from config.embedded.processes import START_SECONDS, Child

LONGEST_PAUSE = 30.0  # seconds


@dataclass(frozen=True)
class Limits:
    """How often a process may end by itself within how many seconds."""

    deaths: int
    seconds: float


@dataclass(eq=False)
class SupervisedProcess:
    """A process that is kept alive; without a ``child`` it waits to be started again."""

    name: str
    launch: Callable[[], Child]
    answers: Callable[[], bool]
    needs: Sequence[SupervisedProcess] = ()
    shows_life: Callable[[], bool] = lambda: True  # of a server that runs; what serves pages is asked otherwise (pulse)
    end: Callable[[Child], None] | None = None  # where killing it is not enough
    child: Child | None = None
    is_starting: bool = False
    started_at: float = field(default_factory=time.monotonic)
    resumes_at: float = 0.0
    deaths: deque[float] = field(default_factory=deque)

    @property
    def is_up(self) -> bool:
        """Whether it runs and has answered since it was started."""
        return self.child is not None and not self.child.ended and not self.is_starting

    @property
    def missing(self) -> list[str]:
        """What it needs and is not there."""
        return [need.name for need in self.needs if not need.is_up]


def pause_after(deaths: int) -> float:
    """Seconds until a process is started again that has ended so often: 1, 2, 4 ... 30."""
    return min(2.0 ** max(deaths - 1, 0), LONGEST_PAUSE)


class Healer:
    """The processes of one run, in the order in which they need each other."""

    def __init__(
        self,
        parts: Sequence[SupervisedProcess],
        limits: Limits,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.parts = parts
        self.limits = limits
        self.say = say
        self.clock = clock

    @property
    def children(self) -> list[Child]:
        """The processes that were started last."""
        return [part.child for part in self.parts if part.child]

    def look(self) -> bool:
        """Look after each part once; tell whether one was started. Raises `EmbeddedError` to give up."""
        started = False
        for part in self.parts:
            if part.child is None:
                started |= self._start_when_due(part)
            elif part.child.ended:
                self._note_end(part, part.child)
            elif part.is_starting:
                self._follow_start(part, part.child)
        return started

    def restart(self, part: SupervisedProcess, reason: str) -> None:
        """Kill a process that hangs; that does not count as a death."""
        self.say(f"{part.name} {reason}; it is started again.")
        if part.child:
            (part.end or kill)(part.child)
        part.child, part.resumes_at = None, self.clock()

    def _start_when_due(self, part: SupervisedProcess) -> bool:
        if self.clock() < part.resumes_at or part.missing:
            return False
        part.child, part.is_starting, part.started_at = part.launch(), True, self.clock()
        return True

    def _follow_start(self, part: SupervisedProcess, child: Child) -> None:
        if part.answers():
            part.is_starting = False
            self.say(f"{part.name} runs again.")
        elif self.clock() - part.started_at > START_SECONDS:
            kill(child)  # which is noted at the next look

    def _note_end(self, part: SupervisedProcess, child: Child) -> None:
        now, status = self.clock(), child.process.returncode
        kill(child)  # what it has left of its own
        part.child = None
        if missing := part.missing:
            part.resumes_at = now
            self.say(f"{part.name} ended (status {status}); it waits for {' and '.join(missing)}.")
            return
        part.deaths.append(now)
        while part.deaths[0] <= now - self.limits.seconds:
            part.deaths.popleft()
        if len(part.deaths) >= self.limits.deaths:
            raise EmbeddedError(
                f"{part.name} ended {len(part.deaths)} times within {self.limits.seconds / 60:.0f} minutes, the last "
                f"time with status {status}, and is not started again. The end of {child.log}:\n{child.last_lines()}"
            )
        pause = pause_after(len(part.deaths))
        part.resumes_at = now + pause
        self.say(f"{part.name} ended unexpectedly (status {status}); it is started again in {pause:.0f} s.")


def kill(child: Child) -> None:
    """End a process and all that it has started in its session, at once."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
