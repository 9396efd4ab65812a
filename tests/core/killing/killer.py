"""Starts workers in a nursery and kills them at random moments."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


class Nursery:
    """A process that forks workers. ``kills`` counts those that died of it (and not by themselves before)."""

    def __init__(self, port: int, seed: int) -> None:
        command = [sys.executable, "-m", "tests.core.killing.nursery", connection.settings_dict["NAME"], str(port)]
        self.process: subprocess.Popen[str] = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.chance = random.Random(seed)
        self.workers: list[int] = []
        self.kills = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self.workers:
            self._kill(worker)
        self.process.communicate(timeout=20)

    def start(self, work: str) -> None:
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the nursery has no ears")
        stdin.write(work + "\n")
        stdin.flush()
        self.workers.append(int(stdout.readline()))

    def kill_one(self) -> None:
        worker = self.workers.pop(self.chance.randrange(len(self.workers)))
        self.kills += self._kill(worker)

    def kill_until(self, is_over: Callable[[], Any], work: str, *, workers: int, pause: tuple[float, float]) -> None:
        """Keep ``workers`` at work, and kill one after each pause (seconds, at random between the two)."""
        while not is_over():
            while len(self.workers) < workers:
                self.start(work)
            time.sleep(self.chance.uniform(*pause))
            self.kill_one()

    def wait(self, is_over: Callable[[], Any], seconds: float) -> None:
        until = time.monotonic() + seconds
        while not is_over():
            if time.monotonic() > until:
                raise TimeoutError("the workers have not ended their work")
            time.sleep(0.1)

    @staticmethod
    def _kill(worker: int) -> bool:
        try:
            os.kill(worker, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True
