"""Says at the end of a run how much of the proof of confidentiality was walked (docs/security.md).

Tests note figures with ``record_property``; processes that run tests at once send them along with their reports.
"""

from collections.abc import Callable, Iterable

import pytest

# What is said, and how the figures of the tests come to one.
_FIGURES: dict[str, tuple[str, Callable[[Iterable[int]], int]]] = {
    "cells": ("cells of the matrix of permissions", sum),
    "answers": ("answers looked through", sum),
    "words": ("planted words looked for in each", max),
    "attacks": ("attacks tried", sum),
    "calls": ("calls of the API made at random", sum),
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    noted = [each for report in terminalreporter.getreports("passed") for each in report.user_properties]
    told = []
    for name, (words, together) in _FIGURES.items():
        values = [value for key, value in noted if key == name]
        if values:
            told.append(f"{together(values):,} {words}")  # type: ignore[arg-type]
    if told:
        terminalreporter.write_line(f"confidentiality: {', '.join(told)}")
