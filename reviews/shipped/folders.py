"""The mechanisms that come with the portal, each a folder of data files (docs/mechanisms.md). No database."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

RULES = "mechanism.json"


class ShippedError(ValueError):
    """There is no such folder, or none that says that it is loaded first."""


def shipped_mechanisms() -> dict[str, Path]:
    """The folders by the short names of their mechanisms, which are their names too."""
    folders = (path.parent for path in (settings.FIXTURES_DIR / settings.MECHANISMS_FOLDER).glob(f"*/{RULES}"))
    return {folder.name: folder for folder in sorted(folders)}


def first_mechanism() -> str:
    """The short name of the mechanism that a new portal is loaded with: ``MECHANISM``, else as the files say."""
    folders = shipped_mechanisms()
    if settings.MECHANISM:
        if settings.MECHANISM not in folders:
            raise ShippedError(f"MECHANISM is {settings.MECHANISM!r}; there are: {', '.join(folders)}.")
        return str(settings.MECHANISM)
    for slug, folder in folders.items():
        if read_file(folder, RULES).get("is_loaded_first"):
            return slug
    raise ShippedError("No mechanism says of itself that it is loaded first.")


def shipped_instruments() -> dict[str, str]:
    """What the instruments are called in English, for commands that work on files alone."""
    rules = [read_file(folder, RULES) for folder in shipped_mechanisms().values()]
    return {row["slug"]: row["short_name"]["en"] for data in rules for row in data["instruments"]}


def read_file(folder: Path, name: str) -> Any:
    """One of the JSON files of a folder."""
    return json.loads((folder / name).read_text(encoding="utf-8"))
