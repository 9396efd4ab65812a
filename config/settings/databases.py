"""Where the data lie, and as which role a process works with them (docs/adr/0004, 0022, 0033).

The owner migrates. The plain role, which cannot change a table or a trigger, serves pages; the role of the door, which
pages have besides, finds out whom they are served to; the role of the system, which no page has, is that of workers
and commands. Where there is no role of the door or of the system, the plain one does its work too.
"""

from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from config.env import env, secret


def _role(url: str) -> str:
    return urlsplit(url).username or ""


_plain_url = secret("DATABASE_URL", "")
_door_url = secret("DATABASE_DOOR_URL", "")
_system_url = secret("DATABASE_SYSTEM_URL", "")
DATABASE_ROLE = env.str("DATABASE_ROLE", "app")
DATABASE_PLAIN_ROLE, DATABASE_DOOR_ROLE, DATABASE_SYSTEM_ROLE = map(_role, (_plain_url, _door_url, _system_url))
# Whether this process may do as the system does by being who it is.
DATABASE_IS_SYSTEM = DATABASE_ROLE == "owner" or (DATABASE_ROLE == "system" and bool(DATABASE_SYSTEM_ROLE))


def _database(url: str) -> dict[str, Any]:
    # Without an address the commands that need no database (the exports, the draw's files) still run.
    database: dict[str, Any] = {**dj_database_url.parse(url or "postgres:///reviews")}
    return database | {
        "ENGINE": "core.database.postgres",
        "CONN_MAX_AGE": 0,
        # Pages leave nothing on a connection, so that a pooler may give each transaction another one.
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_ROLE == "app",
        "OPTIONS": {
            **database.get("OPTIONS", {}),
            # Values go beside a statement, so that what is asked again and again is planned once a connection.
            "server_side_binding": True,
            "prepare_threshold": 5 if env.bool("DATABASE_PREPARE", True) else None,
            "pool": {
                "min_size": env.int("DATABASE_POOL_MIN", 1),
                "max_size": env.int("DATABASE_POOL_MAX", 16),
                # How long a page waits for a connection; how long the pool tries, ever later, before the next page
                # does.
                "timeout": 4,
                "reconnect_timeout": 2,
            },
        },
    }


_url = _plain_url
if DATABASE_ROLE == "owner":
    _url = secret("DATABASE_OWNER_URL", "")
elif DATABASE_ROLE == "system" and DATABASE_SYSTEM_ROLE:
    _url = _system_url
DATABASES = {"default": _database(_url)}
DATABASE_ROUTERS: list[str] = []
DATABASE_AT_THE_DOOR = _database(_door_url)
if DATABASE_ROLE == "app" and DATABASE_DOOR_ROLE:
    DATABASES["door"] = DATABASE_AT_THE_DOOR
    DATABASE_ROUTERS = ["core.database.routers.DoorRouter"]
# What `make run` does by itself (config/embedded/backup.py), containers do where they migrate.
BACKUP_BEFORE_MIGRATION = False
BACKUPS_KEPT = env.int("BACKUPS_KEPT", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
