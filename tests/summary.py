"""Says at the end of a run how much was proven: of confidentiality (docs/security.md), of what is typed, of mails.

Tests note figures with ``record_property``; processes that run tests at once send them along with their reports.
"""

from collections.abc import Callable, Iterable

import pytest

# What is said of what, and how the figures of the tests come to one.
_FIGURES: dict[str, dict[str, tuple[str, Callable[[Iterable[int]], int]]]] = {
    "confidentiality": {
        "cells": ("cells of the matrix of permissions", sum),
        "looks": ("answers of the walk", sum),
        "answers": ("of them looked through", sum),
        "words": ("planted words looked for in each", max),
        "attacks": ("attacks tried", sum),
        "calls": ("calls of the API made at random", sum),
    },
    "what is typed": {
        "schedules": ("schedules in a browser", sum),
        "kills": ("browsers killed", sum),
        "ended": ("browsers that ended by themselves (played again)", sum),
        "faults": ("faults of the line", sum),
        "typed": ("characters typed", sum),
        "offered": ("of them offered again", sum),
        "told": ("gone and said not to be kept", sum),
        "lost": ("lost", sum),
    },
    "mails": {
        "mails": ("owed", sum),
        "worker kills": ("workers killed", sum),
        "answers lost": ("answers of the mail server lost on the way", sum),
        "mails lost": ("lost", sum),
        "mails doubled": ("doubled", sum),
        "mails repeated": ("handed over again (same Message-ID)", sum),
    },
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    noted = [each for report in terminalreporter.getreports("passed") for each in report.user_properties]
    for proof, figures in _FIGURES.items():
        told = []
        for name, (words, together) in figures.items():
            values = [value for key, value in noted if key == name]
            if values:
                told.append(f"{together(values):,} {words}")  # type: ignore[arg-type]
        if told:
            terminalreporter.write_line(f"{proof}: {', '.join(told)}")
