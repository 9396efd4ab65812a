"""Ask the portal whether it does all of its work, and find which of its processes hangs."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PROBE_INTERVAL = 10.0  # seconds
PROBE_TIMEOUT = 6.0  # longer than a page waits for a database that is away
WEB_SECONDS = 60.0  # without an answer, after which the web server hangs
# No task is longer at work than 15 minutes, so that after this time none of the worker's processes was free for long.
WORKER_SECONDS = 20 * 60.0
# Servers that take connections and answer nothing. Valkey does nothing that takes long; PostgreSQL may wait for a disk,
# and is far dearer to start again, so it also has to do nothing meanwhile (`hanging`).
SERVER_SECONDS = {"Valkey": 60.0, "PostgreSQL": 180.0}

Facts = dict[str, Any]


def ask(address: str) -> Facts | None:
    """Return the checks of a health page by name, whether they hold or not; None where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=PROBE_TIMEOUT) as answer:  # noqa: S310 - our own
            body = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    except OSError:
        return None
    try:
        return dict(json.loads(body)["checks"])
    except (ValueError, KeyError, TypeError):
        return {}


def holds(checks: Facts | None, *names: str) -> bool:
    """Tell whether all of these checks hold."""
    return checks is not None and all(checks.get(name, {}).get("ok") is True for name in names)


@dataclass
class Watch:
    """When each process last showed that it works; ``pulse`` is after how many seconds without it beat hangs."""

    pulse: float
    clock: Callable[[], float] = time.monotonic
    seen: dict[str, float] = field(default_factory=dict)

    def note(self, checks: Facts | None) -> None:
        """Take in what the portal says of itself. While it cannot write, nothing is known of the others."""
        now = self.clock()
        if checks is not None:
            self.seen["web"] = now
        can_tell = holds(checks, "write")
        if not can_tell or holds(checks, "clock"):
            self.seen["beat"] = now
        if not can_tell or not holds(checks, "clock") or holds(checks, "queue"):
            self.seen["worker"] = now

    def note_life(self, name: str, shows_life: bool) -> None:
        """Take in whether a server answers, or is seen to be at work; or that a process may be waiting for one."""
        if shows_life:
            self.seen[name] = self.clock()

    def hangs(self, name: str, started_at: float) -> bool:
        """Tell whether a process that was started at that time has shown nothing for too long."""
        patience = {"web": WEB_SECONDS, "beat": self.pulse, "worker": WORKER_SECONDS, **SERVER_SECONDS}[name]
        return self.clock() - max(started_at, self.seen.get(name, 0.0)) > patience
