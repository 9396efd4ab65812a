"""The generated passwords and the secret key of one data folder, in one file that only its owner can read."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from config.embedded import EmbeddedError
from config.embedded.processes import write_private_file


@dataclass(frozen=True)
class Credentials:
    """Secrets made once for a data folder."""

    superuser_password: str
    owner_password: str
    app_password: str
    system_password: str
    door_password: str
    secret_key: str


# Those that data folders of earlier versions do not have; they get them at the next start.
_SINCE_OTHERS = {"system_password", "door_password"}


def generate() -> Credentials:
    """Return new secrets; the passwords contain nothing that needs quoting in an address."""
    return Credentials(
        superuser_password=secrets.token_urlsafe(24),
        owner_password=secrets.token_urlsafe(24),
        app_password=secrets.token_urlsafe(24),
        system_password=secrets.token_urlsafe(24),
        door_password=secrets.token_urlsafe(24),
        secret_key=secrets.token_urlsafe(48),
    )


def load_or_create(path: Path) -> Credentials:
    """Read the secrets at `path`, making them on the first start. Raises `EmbeddedError` if damaged."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if missing := _SINCE_OTHERS - known.keys():
            known |= {name: asdict(generate())[name] for name in missing}
            _write(path, Credentials(**known))
        return Credentials(**known)
    except FileNotFoundError:
        pass
    except (ValueError, TypeError, AttributeError) as error:
        raise EmbeddedError(f"{path} is damaged: restore it from a backup of the data folder.") from error
    made = generate()
    _write(path, made)
    return made


def _write(path: Path, made: Credentials) -> None:
    unfinished = path.with_suffix(".new")
    write_private_file(unfinished, json.dumps(asdict(made), indent=2))
    unfinished.rename(path)
