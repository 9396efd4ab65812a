"""The practice portal beside this one: asleep until somebody comes, and again when nobody has come for long.

It is a second supervisor with a data folder, servers, secrets, a port and cookies of its own (docs/adr/0057). All that
both know is one key, by which they sign what a browser carries from one to the other.
"""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from config.embedded import EmbeddedError
from config.embedded.options import Options
from config.embedded.processes import Child, spawn, write_private_file
from config.embedded.single import can_bind

NAME = "The practice portal"
KEY = "PRACTICE_KEY"
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"  # as where nobody says otherwise (config/settings/base.py)
# What it takes over of the environment; whatever names a database, a queue, a secret or a mail server it does not.
_PASSED_ON = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "USER", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "VIRTUAL_ENV",
    "PG_BIN", "BIND", "TIME_ZONE", "SITE_NAME", "LOG_LEVEL", "LOG_JSON",
    "DJANGO_SETTINGS_MODULE", "PROXY_COUNT", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
)  # fmt: skip


class Practice:
    """The practice portal of a run; nothing of it is there before the first visit."""

    def __init__(self, options: Options, environment: Mapping[str, str], root: Path) -> None:
        self.options, self.environment, self.root = options, environment, root
        self.child: Child | None = None
        self.failed_with = ""  # what was told last
        self.is_falling_asleep = False  # it was told to stop, and has not stopped yet

    @property
    def is_wanted(self) -> bool:
        """Whether this portal has one at all."""
        return self.options.practice_port is not None

    @property
    def data(self) -> Path:
        return self.options.data / "practice"

    @property
    def wake_file(self) -> Path:
        """Made by a page of the portal when somebody wants to go over."""
        return self.options.data / "practice-wanted"

    @property
    def seen_file(self) -> Path:
        """Touched by the practice portal while somebody is there."""
        return self.options.data / "practice-seen"

    @property
    def url(self) -> str:
        """Where a browser finds it: the next port, where nobody says otherwise (a trial on this machine)."""
        own = f"{self.options.url.rstrip('/').rpartition(':')[0]}:{self.options.practice_port}"
        return self.environment.get("PRACTICE_URL") or own

    @property
    def hosts(self) -> str:
        """The names by which it answers: those of the portal, and its own."""
        given = self.environment.get("ALLOWED_HOSTS") or LOCAL_HOSTS
        return _joined(given, urlsplit(self.url).hostname or "")

    @property
    def origins(self) -> str:
        """Where forms may come from: from where those of the portal may, and from its own pages behind a proxy."""
        own = urlsplit(self.url)
        return _joined(self.environment.get("CSRF_TRUSTED_ORIGINS", ""), f"{own.scheme}://{own.netloc}")

    def variables(self) -> dict[str, str]:
        """Return what the portal has to know of it; none of it where there is none."""
        if not self.is_wanted:
            return {"PRACTICE_URL": "", KEY: ""}
        return {
            KEY: self.key(),
            "PRACTICE_URL": self.url,
            "PRACTICE_WAKE_FILE": str(self.wake_file),
            "PRACTICE_PROBE": self.options.probe.replace(f":{self.options.port}/", f":{self.options.practice_port}/"),
        }

    def key(self) -> str:
        """Return the key of both, made on the first start."""
        path = self.options.data / "practice-key"
        if not path.exists():
            write_private_file(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="utf-8").strip()

    def own_variables(self) -> dict[str, str]:
        """Return the environment of the practice portal: nothing that leads to what is real."""
        known = {name: self.environment[name] for name in _PASSED_ON if self.environment.get(name)}
        return known | {
            "PRACTICE": "1",
            KEY: self.key(),
            "PORTAL_URL": (self.environment.get("SITE_URL") or self.options.url).rstrip("/"),
            "PRACTICE_SEEN_FILE": str(self.seen_file),
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": self.hosts,
            "CSRF_TRUSTED_ORIGINS": self.origins,
            "DATA_DIR": str(self.data),
            "PORT": str(self.options.practice_port),
            "DEMO": "0",
            "PYTHONUNBUFFERED": "1",
        }

    def look(self, say: Callable[[str], None]) -> None:
        """Wake it where somebody wants to go over, and let it sleep when nobody has been there for long.

        What fails here is told, and ends no more than the wish: the portal itself goes on.
        """
        if not self.is_wanted:
            return
        try:
            self.wake_or_let_sleep(say)
        except (OSError, subprocess.SubprocessError, EmbeddedError) as error:
            self.set_wish_aside()
            if str(error) != self.failed_with:  # told once, and not four times a second
                say(f"{NAME} cannot be started or stopped: {error}")
            self.failed_with = str(error)

    def set_wish_aside(self) -> None:
        """Forget that somebody wants to go over; the button makes another wish."""
        with contextlib.suppress(OSError):
            self.wake_file.unlink(missing_ok=True)

    def wake_or_let_sleep(self, say: Callable[[str], None]) -> None:
        """Do what is to be done now.

        Raises OSError where a file or a process cannot be made, `EmbeddedError` where its port is taken.
        """
        if self.child and self.child.ended:
            if not self.is_falling_asleep:
                say(f"{NAME} has ended; {self.child.log} says why. The next visit starts it again.")
            self.child, self.is_falling_asleep = None, False
        if self.is_falling_asleep:
            return  # who comes meanwhile waits until it can be woken
        if self.wake_file.exists():
            self.wake_file.unlink(missing_ok=True)
            if self.child is None:
                self.require_free_port()
                self.seen_file.touch()
                self.child = self.start()
                self.failed_with = ""
        elif self.child and time.time() - self.last_seen() > self.options.practice_minutes * 60:
            self.fall_asleep()

    def require_free_port(self) -> None:
        """Raise `EmbeddedError` where something else would answer in its place."""
        port = self.options.practice_port
        if port is not None and not can_bind(self.options.host, port):
            raise EmbeddedError(f"port {port} is taken by another program; name another one with PRACTICE_PORT.")

    def last_seen(self) -> float:
        """Return when somebody was there last."""
        return self.seen_file.stat().st_mtime if self.seen_file.exists() else 0.0

    def start(self) -> Child:
        """Start its supervisor, which stops all that it has started when it is told to, or when we die."""
        command = [sys.executable, "-m", "config.embedded"]
        log = self.options.logs / "practice.log"
        return spawn(NAME, command, log=log, cwd=self.root, environment=self.own_variables(), patience=40)

    def fall_asleep(self) -> None:
        """Tell it to stop, and do not wait for that; what was written in it stays."""
        if self.child:
            self.child.ask_to_stop()
            self.is_falling_asleep = True

    def stop(self) -> None:
        """Stop it, and wait for its end."""
        if self.child:
            self.child.stop()
            self.child = None


def _joined(given: str, own: str) -> str:
    """Add one's own to a list with commas, once."""
    names = [*given.split(","), own]
    return ",".join(dict.fromkeys(name.strip() for name in names if name.strip()))
