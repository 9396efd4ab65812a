"""A draw as a folder of files: written by ``draw_lots``, read by ``verify_draw`` (docs/draw-files.md)."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lots.algorithm import BROUGHT_IN, DrawInput

NAMES = ("input.csv", "draw.json", "result.json", "certificate.json")


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Write the files; the folder is made where it is not there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def results_in(folders: Iterable[Path]) -> list[bytes]:
    """``result.json`` of each folder. Raises OSError."""
    return [(folder / "result.json").read_bytes() for folder in folders]


def differences_from_a_new_run(folder: Path, before: Sequence[Path] = ()) -> list[str] | None:
    """The names of files that this input, these switches and this seed do not give: the draw was run otherwise.

    ``before`` are the folders of the draws on which it builds, oldest first. None for a draw that was brought in.
    The files must be well formed (``lots/verifier/verify.py``). Raises ImpossibleDrawError and ValueError where the
    draw cannot be run at all.
    """
    stored = {name: (folder / name).read_bytes() for name in NAMES}
    said: dict[str, Any] = json.loads(stored["draw.json"])
    if said.get("kind") == BROUGHT_IN:
        return None
    again = DrawInput.from_files(said, stored["input.csv"], results_in(before)).drawn(said["seed"]).files()
    return [name for name in NAMES if stored[name] != again[name]]
