"""Says at the end of a run which files took the most of the processor: ``make test ARGS="-p tests.processor"``.

Time on the wall says little on a machine that others use too. Counted are the processes that run tests (a server or a
worker beside a test is a thread of them) and the connections of theirs to PostgreSQL; a browser is not.
"""

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

LONGEST = 40  # files
_TICKS = os.sysconf("SC_CLK_TCK")
_connections: dict[int, float] = {}  # by the process that serves it, the seconds that it took
_taken: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])


def _seconds_of_postgres() -> float:
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.connection.closed:
            _connections.setdefault(connection.connection.info.backend_pid, 0.0)
    for pid in _connections:
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():  # on this machine, and not at its end
            _user, _system = stat.read_text().rpartition(")")[2].split()[11:13]
            _connections[pid] = (int(_user) + int(_system)) / _TICKS
    return sum(_connections.values())


def _phase(item: pytest.Item, when: str) -> Iterator[None]:
    before = time.process_time(), _seconds_of_postgres()
    try:
        return (yield)
    finally:
        after = time.process_time(), _seconds_of_postgres()
        item.stash.setdefault(_TOOK, {})[when] = [now - then for now, then in zip(after, before, strict=True)]


_TOOK = pytest.StashKey[dict[str, list[float]]]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    return (yield from _phase(item, "setup"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    return (yield from _phase(item, "call"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    return (yield from _phase(item, "teardown"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[Any]:
    report = yield
    report.processor = item.stash.get(_TOOK, {}).get(call.when, [0.0, 0.0])  # sent along to the process that prints
    return report


def pytest_runtest_logreport(report: Any) -> None:
    for place, seconds in enumerate(getattr(report, "processor", ())):
        _taken[report.nodeid.partition("::")[0]][place] += seconds


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    longest = sorted(_taken.items(), key=lambda each: -sum(each[1]))
    everything = [sum(seconds) for seconds in zip(*_taken.values(), strict=True)] if _taken else [0.0, 0.0]
    terminalreporter.write_line("processor seconds, of Python and of PostgreSQL:")
    for name, (python, postgres) in [("all", everything), *longest[:LONGEST]]:
        terminalreporter.write_line(f"{python:8.1f} {postgres:7.1f}  {name}")
