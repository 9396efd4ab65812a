"""A test that hangs says where, and ends the run.

Making ready, the call and clearing away have a clock each: whatever was made ready before takes nothing from the call,
and a fixture that hangs is found as well.
"""

import faulthandler
import os
from collections.abc import Iterator

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

HANGS_AFTER = float(os.environ.get("HANGS_AFTER", "300"))  # seconds
HANGS_AFTER_IN_A_PROOF = 1800
# What is kept for many tests (a whole walk) is made ready with the first of them, on a slow machine in minutes.
TIMES_FOR_FIXTURES = 4


def _ends_if_it_hangs(item: pytest.Item, times: int = 1) -> Iterator[None]:
    timeout = (HANGS_AFTER_IN_A_PROOF if item.get_closest_marker("prove") else HANGS_AFTER) * times
    # Not ``sys.stderr``: pytest puts another in its place while a test runs.
    faulthandler.dump_traceback_later(timeout, exit=True, file=item.config.stash[fault_handler_stderr_fd_key])
    try:
        return (yield)
    finally:
        faulthandler.cancel_dump_traceback_later()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    return (yield from _ends_if_it_hangs(item, TIMES_FOR_FIXTURES))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    return (yield from _ends_if_it_hangs(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    return (yield from _ends_if_it_hangs(item, TIMES_FOR_FIXTURES))
