"""The programs that are published with a draw: they are fixed, like its input, before anybody knows the seed."""

from collections.abc import Callable, Mapping
from pathlib import Path

from lots import verifier
from lots.files import replay

VERIFIER, REPLAY = "verify.py", "replay.pyz"


def _verifier() -> bytes:
    """The stand-alone verifier, as it is in the repository."""
    return (Path(str(verifier.__file__)).parent / VERIFIER).read_bytes()


PROGRAMS: Mapping[str, Callable[[], bytes]] = {VERIFIER: _verifier, REPLAY: replay.archive_bytes}
