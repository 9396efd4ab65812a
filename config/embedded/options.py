"""What the environment asks of `make run`. Pure: reads no file and opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.embedded import EmbeddedError

# Read by config.env.secret() in the portal, as a value or as the name of a file that holds it.
DATABASE, OWNER, SYSTEM = "DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL"
DOOR = "DATABASE_DOOR_URL"
_AT_THE_DOOR = (DOOR, f"{DOOR}_FILE")
QUEUE, SECRET = "REDIS_URL", "SECRET_KEY"
RECORD_KEY = "RECORD_KEY_FILE"
NO = ("0", "no", "false", "off")
# With which the first administrator signs in, where nobody says otherwise; such mails reach nobody.
ADMINISTRATOR = "administrator@localhost"
LAST_PORT = 65535
LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - compared with, never a default


@dataclass(frozen=True)
class Options:
    """The choices for one start; what is None or False is ours to provide."""

    host: str
    port: int
    data: Path
    names_database: bool
    names_queue: bool
    names_secret_key: bool
    wants_demo: bool
    administrator: str
    restart_limit: int
    restart_minutes: int
    pulse_seconds: int
    backups_kept: int = 5  # of those that are made before migrations
    wants_backup: bool = True  # before migrations of a database that others run; of our own there always is one
    practice_port: int | None = None  # of the practice portal (config/embedded/practice.py); None: there is none
    practice_minutes: int = 30  # without a visit after which it sleeps
    is_practice: bool = False  # whether this is the practice portal itself

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        return f"http://{'localhost' if self.host in (LOOPBACK, EVERYWHERE) else self.host}:{self.port}/"

    @property
    def probe(self) -> str:
        """The address that answers 200 as soon as the portal is alive."""
        return f"http://{LOOPBACK if self.host == EVERYWHERE else self.host}:{self.port}/healthz/"

    @property
    def readiness(self) -> str:
        """The address that says which parts of the portal do their work."""
        return self.probe.replace("/healthz/", "/readyz/")

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.data / "logs"


def read_options(environment: Mapping[str, str], root: Path) -> Options:
    """Read the options; relative folders are below `root`. Raises `EmbeddedError` on wrong ones."""
    port = environment.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= LAST_PORT):
        raise EmbeddedError(f"PORT is {port!r}; it must be a number from 1 to 65535.")
    administrator = environment.get("ADMIN_EMAIL") or ADMINISTRATOR
    if not all(administrator.partition("@")):
        raise EmbeddedError(f"ADMIN_EMAIL is {administrator!r}, which is no e-mail address.")
    kept = environment.get("BACKUPS_KEPT") or "5"
    if not (kept.isascii() and kept.isdigit() and int(kept)):
        raise EmbeddedError(f"BACKUPS_KEPT is {kept!r}; it must be a number from 1 on.")
    mechanism, known = environment.get("MECHANISM") or "", shipped_mechanisms(root)
    if mechanism and mechanism not in known:
        raise EmbeddedError(f"MECHANISM is {mechanism!r}; there are: {', '.join(known)}.")
    return Options(
        host=environment.get("BIND") or LOOPBACK,
        port=int(port),
        data=(root / (environment.get("DATA_DIR") or "var")).absolute(),
        names_database=is_named(environment, DATABASE),
        names_queue=is_named(environment, QUEUE),
        names_secret_key=is_named(environment, SECRET),
        wants_demo=environment.get("DEMO", "1") not in NO,
        administrator=administrator,
        restart_limit=number(environment, "RESTART_LIMIT", 5),
        restart_minutes=number(environment, "RESTART_MINUTES", 10),
        pulse_seconds=number(environment, "READY_PULSE_SECONDS", 90),
        backups_kept=int(kept),
        wants_backup=(environment.get("BACKUP_BEFORE_MIGRATION") or "1").lower() not in NO,
        practice_port=practice_port(environment, int(port)),
        practice_minutes=number(environment, "PRACTICE_MINUTES", 30),
        is_practice=is_practice(environment),
    )


def is_practice(environment: Mapping[str, str]) -> bool:
    """Tell whether the portal to be started is a practice portal."""
    return (environment.get("PRACTICE") or "0").lower() not in NO


def practice_port(environment: Mapping[str, str], port: int) -> int | None:
    """Return the port of the practice portal; None where none is wanted, and beside a practice portal itself.

    Whoever gives the portal an address of its own has to give the practice portal one too: the next port of this
    machine is none that others could reach.
    """
    is_off = (environment.get("PRACTICE_PORTAL") or "1").lower() in NO
    is_out_of_reach = bool(environment.get("SITE_URL")) and not environment.get("PRACTICE_URL")
    if is_off or is_out_of_reach or is_practice(environment):
        return None
    chosen = number(environment, "PRACTICE_PORT", port + 1)
    return None if chosen > LAST_PORT else chosen


def shipped_mechanisms(root: Path) -> list[str]:
    """Return the short names of the mechanisms that come with the portal."""
    return sorted(path.parent.name for path in root.glob("fixtures/mechanisms/*/mechanism.json"))


def number(environment: Mapping[str, str], name: str, default: int) -> int:
    """Return a number from 1. Raises `EmbeddedError` where it is none."""
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise EmbeddedError(f"{name} is {value!r}; it must be a number from 1.")
    return int(value)


def is_named(environment: Mapping[str, str], name: str) -> bool:
    """Tell whether a value is given, directly or by a file."""
    return bool(environment.get(name) or environment.get(f"{name}_FILE"))


def portal_environment(environment: Mapping[str, str], options: Options, provided: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for the processes that serve pages, without what the other roles alone have.

    `provided` has the addresses of the servers and the secret key that we made ourselves.
    """
    made = {name: value for name, value in {**environment, **provided}.items() if value}
    for name in (OWNER, f"{OWNER}_FILE", SYSTEM, f"{SYSTEM}_FILE", "DATABASE_ROLE", RECORD_KEY):
        made.pop(name, None)
    made["DATA_DIR"] = str(options.data)
    made.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    made.setdefault("SITE_URL", options.url.rstrip("/"))
    made.setdefault("PYTHONUNBUFFERED", "1")
    return made


def system_environment(
    environment: Mapping[str, str], portal: Mapping[str, str], provided: Mapping[str, str]
) -> dict[str, str]:
    """Return the environment for workers and commands. Without a role of the system's, the pages' one has to do."""
    known = {**environment, **provided}
    addresses = {name: known[name] for name in (SYSTEM, f"{SYSTEM}_FILE", RECORD_KEY) if known.get(name)}
    made = {**portal, **addresses, "DATABASE_ROLE": "system"}
    return {name: value for name, value in made.items() if name not in _AT_THE_DOOR}


def owner_environment(
    environment: Mapping[str, str], portal: Mapping[str, str], provided: Mapping[str, str]
) -> dict[str, str]:
    """Return the environment for the steps that own the tables.

    They have the addresses of all others, whose rights they set. Where a database is named for the portal only, its
    address serves for the owner as well.
    """
    door = {name: portal[name] for name in _AT_THE_DOOR if name in portal}
    made = {**system_environment(environment, portal, provided), **door, "DATABASE_ROLE": "owner"}
    made.pop(RECORD_KEY, None)
    if OWNER in provided:
        made[OWNER] = provided[OWNER]
    elif is_named(environment, OWNER):
        made |= {name: environment[name] for name in (OWNER, f"{OWNER}_FILE") if environment.get(name)}
    else:
        for suffix in ("", "_FILE"):
            if value := environment.get(f"{DATABASE}{suffix}"):
                made[f"{OWNER}{suffix}"] = value
    return made
