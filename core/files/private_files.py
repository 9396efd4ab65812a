"""What lies on the disk for the portal's own account alone: stored files, and mails that are written into files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def private_folders() -> list[Path]:
    """The folders of stored files and of mails."""
    stored: Any = settings.STORAGES["default"]
    return [Path(stored["OPTIONS"]["location"]), Path(settings.EMAIL_FILE_PATH)]


def close_to_others(folder: Path) -> int:
    """Close a folder and all in it to everybody but its owner, whatever it was; give how many things that changed.

    Links are left alone. Raises PermissionError where something in it belongs to another account.
    """
    changed = 0
    for path in _all_in(folder):
        mode = FOLDER_MODE if path.is_dir() else FILE_MODE
        try:
            if stat.S_IMODE(path.lstat().st_mode) != mode:
                path.chmod(mode)
                changed += 1
        except FileNotFoundError:  # taken away meanwhile by a portal that is still at work
            continue
    return changed


def _all_in(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    yield folder
    for place, folders, files in os.walk(folder):
        yield from (path for name in (*folders, *files) if not (path := Path(place) / name).is_symlink())
