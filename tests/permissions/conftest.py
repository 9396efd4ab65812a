"""Says at the end of a run how much of the proof was walked."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [each for each in terminalreporter.getreports("passed") if "test_every_url" in each.nodeid]
    counted = {
        name: [value for each in reports for key, value in each.user_properties if key == name] for name in _WORDS
    }
    if counted["answers"]:
        terminalreporter.write_line(
            f"confidentiality: {sum(counted['answers'])} answers looked through for "
            f"{max(counted['words'])} planted words"
        )


_WORDS = ("answers", "words")
