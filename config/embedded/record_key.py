"""The key that signs the roots of the record of acts: outside of the data folder, made at the first start."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from config.embedded.options import RECORD_KEY
from config.embedded.processes import write_private_file

FOLDER = "country-review-portal"


def load_or_create(environment: Mapping[str, str]) -> tuple[str, str]:
    """Give the name of the file, and a sentence for the person at the terminal where there is something to say.

    A file that the environment names is used as it is; named empty, there is no key. Where none can be kept, roots are
    not signed, and the portal runs.
    """
    if RECORD_KEY in environment:
        return environment[RECORD_KEY], ""
    try:
        path = _path(environment)
        if path.exists():
            return str(path), ""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private_file(path, secrets.token_hex(32))
    except (OSError, RuntimeError) as error:
        return "", f"No key for the roots of the record could be kept, so that they are not signed: {error}"
    return str(path), f"Made the key that signs the roots of the record: {path}. Keep a copy apart from the data."


def known(environment: Mapping[str, str]) -> str:
    """Give the key itself, or nothing where there is none that can be read."""
    try:
        named = environment.get(RECORD_KEY, str(_path(environment)))
        return Path(named).read_text(encoding="utf-8").strip() if named else ""
    except (OSError, RuntimeError):
        return ""


def bring_back(environment: Mapping[str, str], key: str) -> str:
    """Keep the key of a backup where there is none; give a sentence for the person at the terminal, or nothing.

    Another one stays: it may be that of another portal of this account.
    """
    if found := known(environment):
        return "" if found == key else "The roots go on being signed with the key of here; the backup has another."
    try:
        path = Path(environment.get(RECORD_KEY) or _path(environment))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private_file(path, key)
    except (OSError, RuntimeError) as error:
        return f"The key that signs the roots (record_key of the backup) could not be kept: {error}"
    return f"The key that signs the roots of the record is back: {path}."


def _path(environment: Mapping[str, str]) -> Path:
    """Where the settings of a user are, by the rules of the XDG. Raises RuntimeError for an account without a home."""
    named = environment.get("XDG_CONFIG_HOME", "")
    return (Path(named) if Path(named).is_absolute() else Path.home() / ".config") / FOLDER / "record-key"
