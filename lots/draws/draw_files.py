"""A draw as a folder of files: written by ``draw_lots``, read by ``verify_draw`` (docs/draw-files.md)."""

import json
from pathlib import Path
from typing import Any

from lots.algorithm import PartyTable, Switches, draw

NAMES = ("input.csv", "draw.json", "result.json", "certificate.json")


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Write the files; the folder is made where it is not there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def differences_from_a_new_run(folder: Path) -> list[str]:
    """The names of files that this input, these switches and this seed do not give: the draw was run otherwise.

    The files must be well formed (``lots/verifier/verify.py``). Raises ImpossibleDrawError and ValueError where the
    draw cannot be run at all.
    """
    stored = {name: (folder / name).read_bytes() for name in NAMES}
    said: dict[str, Any] = json.loads(stored["draw.json"])
    table, switches = PartyTable.from_csv(stored["input.csv"]), Switches.from_json(said["switches"])
    again = draw(table, switches, as_of=said["as_of"], seed=said["seed"]).files()
    return [name for name in NAMES if stored[name] != again[name]]
