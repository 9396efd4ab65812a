"""What a fresh machine needs before the portal can run or be tested, made on the machine's own Python.

Standard library only, Python 3.11 or later. Every step looks at stamps first and does nothing when nothing
changed, so that it can run before each `make run` and `make test`.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "build" / "stamps"


class SetupError(Exception):
    """The machine cannot be prepared; the message says what to do."""


def say(text: str) -> None:
    """Tell the person at the terminal what takes time now."""
    print(text, flush=True)
