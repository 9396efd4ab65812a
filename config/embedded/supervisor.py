"""Start everything in order, watch it, and stop it in order: what `make run` is.

Servers, then the database's tables, then the web server, the worker and its clock. Who dies or hangs is started again,
with words about who it was (`healing`); who dies again and again ends all of it (docs/adr/0031). A signal at any time
stops all that runs until then.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg

from config.embedded import EmbeddedError, backup, leftovers, logs, postgres, pulse, record_key, swap, used, waiting
from config.embedded.healing import Healer, Limits, SupervisedProcess
from config.embedded.options import RECORD_KEY, owner_environment, portal_environment, system_environment
from config.embedded.practice import Practice
from config.embedded.processes import Child, die_with_parent, spawn, wait_for, write_private_file
from config.embedded.servers import Places, Running, cluster_at, kept_alive, start_servers

ROOT = Path(__file__).resolve().parent.parent.parent
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ROTATION_INTERVAL = 60.0  # seconds
WITHOUT = (
    "Nothing was migrated. Where backups of that server are made by other means, BACKUP_BEFORE_MIGRATION=false lets it "
    "go on without one (docs/operations/backing-up.md)."
)


class StopRequested(BaseException):
    """A signal asked us to stop. Not an `Exception`, so that no handler of errors takes it for one."""


def request_stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave whatever is being done; waiting for children is left to `Supervisor.stop`."""
    raise StopRequested


def python(*words: str | Path) -> list[str | Path]:
    """Return a command of this environment's Python."""
    return [sys.executable, *words]


class Supervisor:
    """The processes of one run."""

    def __init__(self, where: Places, environment: Mapping[str, str]) -> None:
        self.where = where
        self.environment = environment
        self.options = where.options
        self.servers = Running()
        self.healer = Healer([], Limits(1, 1.0), say)
        self.portal: list[SupervisedProcess] = []
        self.variables: dict[str, str] = {}  # of what serves pages
        self.system: dict[str, str] = {}  # of workers and commands
        self.first_link = ""  # a secret: shown to the person at the terminal, in no log
        self.stand_in: Child | None = None  # at the portal's address until the web server is
        self.practice = Practice(where.options, environment, ROOT)

    def start(self) -> None:
        """Start everything and wait until the portal answers. Raises `EmbeddedError`."""
        self.note(waiting.SERVERS)
        self.stand_in = self.start_stand_in()
        start_servers(self.where, self.environment, self.servers)
        if not self.options.is_practice:  # the key of the real record signs nothing there
            self.servers.provided[RECORD_KEY], said = record_key.load_or_create(self.environment)
            if said:
                say(said)
        provided = {**self.servers.provided, **({} if self.options.is_practice else self.practice.variables())}
        self.variables = portal_environment(self.environment, self.options, provided)
        self.system = system_environment(self.environment, self.variables, self.servers.provided)
        self.note(waiting.TABLES)
        self.prepare_database()
        self.note(waiting.PAGES)
        self.healer = Healer(self.parts(), self.limits, say)
        web, *others = self.portal
        self.launch(web)
        if web.child:
            wait_for(self.is_healthy, web.child)
        self.stand_in.stop()
        self.where.step.unlink()
        # After the web server, which somebody waits for, and not beside it: each is seconds of work for a processor.
        for part in others:
            self.launch(part)

    def launch(self, part: SupervisedProcess) -> None:
        """Start a part of the portal for the first time."""
        part.child, part.started_at = part.launch(), time.monotonic()
        leftovers.record(self.where.children, self.healer.children)

    def note(self, step: str) -> None:
        """Tell the page that stands in for the portal what is being done."""
        self.where.step.write_text(step, encoding="utf-8")

    def start_stand_in(self) -> Child:
        """Show at the portal's address how far the start is."""
        say(f"Starting ... {self.options.url} shows how far it is.")
        where, options = self.where, self.options
        files = (where.step, where.demo_progress)
        command = python("-m", "config.embedded.waiting", options.host, str(options.port), *files)
        return spawn(
            "The page for those who wait", command, log=options.logs / "web.log", cwd=ROOT, death_signal=signal.SIGKILL
        )

    @property
    def limits(self) -> Limits:
        """How often a process may die."""
        return Limits(self.options.restart_limit, self.options.restart_minutes * 60.0)

    def parts(self) -> list[SupervisedProcess]:
        """Return all processes in the order in which they need each other, the portal's own without a child yet."""
        servers = kept_alive(self.where, self.environment, self.servers)
        database = [part for part in servers if part.name == postgres.NAME]
        self.portal = [
            SupervisedProcess("The web server", self.start_web, self.is_healthy, database),
            SupervisedProcess("The worker", self.start_worker, lambda: True, servers),
            SupervisedProcess("The clock of the worker (beat)", self.start_beat, lambda: True, servers),
        ]
        return [*servers, *self.portal]

    def prepare_database(self) -> None:
        """Bring the tables up to date, and fill an empty database with the demo."""
        owner = owner_environment(self.environment, self.variables, self.servers.provided)
        marker, nobody = self.where.demo_marker, self.where.nobody_marker
        nobody.unlink(missing_ok=True)
        command = python("-m", "config.embedded.prepare", marker, nobody)
        name = "The preparation of the database"
        if self.run_to_the_end(name, command, owner, other=backup.WANTS_BACKUP) == backup.WANTS_BACKUP:
            self.back_up()
            self.run_to_the_end(name, [*command, backup.BACKED_UP], owner)
        used.mark(self.options.data)
        # The marker goes last: a demo that was interrupted is made anew at the next start.
        if marker.exists():
            if self.options.wants_demo:
                self.make_demo()
                nobody.unlink(missing_ok=True)
            marker.unlink()
        # In a practice portal nobody begins: one comes by a hand-over.
        if nobody.exists() and self.options.is_practice:
            nobody.unlink()
        elif nobody.exists():
            self.first_link = self.ask("first_administrator", self.options.administrator)
            nobody.unlink()

    def back_up(self) -> None:
        """Keep what is there before migrations change it. Raises `EmbeddedError`; then nothing is migrated."""
        if self.options.names_database and not self.options.wants_backup:
            say("Migrating the database that DATABASE_URL names without a backup: BACKUP_BEFORE_MIGRATION says so.")
            return
        say("The new version changes tables: making a backup first ...")
        try:
            made = backup.before_migration(self.where, self.environment, self.servers.provided)
        except EmbeddedError as error:
            raise EmbeddedError(f"{error}\n{WITHOUT}" if self.options.names_database else str(error)) from error
        say(f"The backup is in {made}")

    def make_demo(self) -> None:
        """Fill the database with the demo, as the system: the owner's rights have to be needed for nothing of it."""
        say("First start: making the demo ...")
        self.where.demo_progress.unlink(missing_ok=True)  # of a start that was killed
        self.note(waiting.DEMO)
        command = python("manage.py", "seed_demo", "--progress", self.where.demo_progress)
        self.run_to_the_end("seed_demo", command, self.system)
        self.where.demo_progress.unlink(missing_ok=True)
        write_private_file(self.where.demo_accounts, self.ask("seed_demo", "--print-accounts"))

    def run_to_the_end(
        self, name: str, command: list[str | Path], variables: Mapping[str, str], *, other: int = 0
    ) -> int:
        """Run a step that ends by itself, and give its status: 0 or `other`. Raises `EmbeddedError` when it fails."""
        log = self.options.logs / "prepare.log"
        before = log.stat().st_size if log.exists() else 0
        child = spawn(name, command, log=log, cwd=ROOT, environment=variables)
        try:
            status = child.process.wait()
        except StopRequested:
            child.stop()
            raise
        if status not in (0, other):
            said = log.read_bytes()[before:].decode(errors="replace").splitlines()[-30:]
            raise EmbeddedError("\n".join([f"{name} failed. The end of {log}:", *said]))
        return status

    def forget_replaced(self) -> None:
        """After a good start: drop what a restore had replaced."""
        if self.options.names_database:
            return
        try:
            for sentence in swap.forget_replaced(cluster_at(self.where, self.environment), self.options.data):
                say(sentence)
        except (OSError, psycopg.Error) as error:  # nobody's work ends for that
            say(f"What a restore had replaced could not be dropped, and stays until the next start: {error}")

    def start_web(self) -> Child:
        """Start gunicorn with two processes of four threads; they share what is loaded before the fork."""
        command = python("-m", "gunicorn", "config.wsgi:application")
        # The port is shared with the page that stands in until this one answers; with processes of one account alone.
        command += ["--bind", f"{self.options.host}:{self.options.port}", "--reuse-port"]
        # One is enough for those who practise.
        command += ["--workers", "1" if self.options.is_practice else "2", "--preload"]
        command += ["--worker-class", "gthread", "--threads", "4", "--timeout", "60"]
        command += ["--graceful-timeout", "5", "--no-control-socket", "--access-logfile", "-"]
        command += ["--logger-class", "config.server_logs.SecretlessLogger"]
        return spawn(
            "The web server",
            command,
            log=self.options.logs / "web.log",
            cwd=ROOT,
            environment=self.variables,
            death_signal=signal.SIGQUIT,  # at once: the database goes at the same moment
            patience=8,
        )

    def start_worker(self) -> Child:
        """Start the Celery worker."""
        return spawn(
            "The worker",
            python("-m", "config.embedded.worker"),
            log=self.options.logs / "worker.log",
            cwd=ROOT,
            environment=self.system,
            patience=10,
        )

    def start_beat(self) -> Child:
        """Start the clock that gives the worker what is due."""
        command = python("-m", "celery", "--app=config", "beat", "--scheduler=config.beat:PulsingScheduler")
        return spawn(
            "Beat",
            [*command, "--pidfile=", "--loglevel=INFO"],
            log=self.options.logs / "beat.log",
            cwd=ROOT,
            environment={**self.system, "BEAT_PULSE_FILE": str(self.options.data / "beat-pulse")},
            death_signal=signal.SIGKILL,  # it may be waiting for a queue that went before it
            patience=5,
        )

    def is_healthy(self) -> bool:
        """Tell whether the portal answers on its health page, and reads its database."""
        return pulse.holds(pulse.ask(self.options.probe), "database")

    def ask(self, *words: str) -> str:
        """Return what a command of `manage.py` says; nothing where it fails, and the log says why."""
        command = [str(word) for word in python("manage.py", *words)]
        end_with_us = die_with_parent(signal.SIGTERM, os.getpid())
        with (self.options.logs / "prepare.log").open("ab") as errors:
            result = subprocess.run(
                command,
                cwd=ROOT,
                env=self.system,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                check=False,
                preexec_fn=end_with_us,
            )
        return "" if result.returncode else result.stdout.strip()

    def watch(self) -> NoReturn:
        """Look after all processes until a signal comes. Raises `EmbeddedError` when one is given up."""
        watch = pulse.Watch(self.options.pulse_seconds)
        next_rotation = next_probe = time.monotonic()
        while True:
            if self.healer.look():
                leftovers.record(self.where.children, self.healer.children)
            self.practice.look(say)
            now = time.monotonic()
            if now >= next_probe:
                watch.note(pulse.ask(self.options.readiness))
                self.restart_what_hangs(watch)
                next_probe = time.monotonic() + pulse.PROBE_INTERVAL
            if now >= next_rotation:
                logs.rotate(self.options.logs)
                next_rotation += ROTATION_INTERVAL
            time.sleep(0.25)

    def restart_what_hangs(self, watch: pulse.Watch) -> None:
        """Kill what runs and has shown nothing of itself for too long, so that it is started again."""
        names = dict(zip(map(id, self.portal), ("web", "worker", "beat"), strict=True))
        silent: list[SupervisedProcess] = []
        for part in self.healer.parts:
            if not part.is_up or part.missing:
                continue
            name = names.get(id(part), part.name)
            if part not in self.portal:
                shows_life = part.shows_life()
                watch.note_life(name, shows_life)
                silent += [] if shows_life else [part]
            elif any(need in silent for need in part.needs):
                watch.note_life(name, shows_life=True)  # the server is to blame
            if watch.hangs(name, part.started_at):
                self.healer.restart(part, "shows no sign of life")

    def stop(self) -> None:
        """Stop the portal, then its servers. Further signals are ignored until that is done."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        portal = [part.child for part in self.portal if part.child]
        running = self.healer.children or self.servers.children  # the portal's last
        self.practice.fall_asleep()
        for child in portal:
            child.ask_to_stop()
        for child in portal:
            child.wait_until_stopped()
        for child in reversed(running[: len(running) - len(portal)]):
            child.stop()
        if self.stand_in:
            self.stand_in.stop()
        self.practice.stop()
        self.where.children.unlink(missing_ok=True)


def say(text: str) -> None:
    """Print for the person at the terminal, at once also into a pipe."""
    print(text, flush=True)


def banner(supervisor: Supervisor) -> str:
    """Return what a person needs to know once the portal is ready."""
    options = supervisor.options
    lines = [f"The portal is ready: {options.url}", f"Data and logs: {options.data}"]
    # Asked for once, when the demo was made: it takes a start of Django.
    if supervisor.where.demo_accounts.exists():
        accounts = supervisor.where.demo_accounts.read_text(encoding="utf-8")
        lines += ["Accounts of the demo:", *(f"  {line}".rstrip() for line in accounts.splitlines())]
    if supervisor.first_link:
        lines += [
            f"The first administrator, {options.administrator}, opens the account here, once:",
            f"  {supervisor.first_link}",
            "(Another address: ADMIN_EMAIL. Each start prints a new link, until one has been used.)",
        ]
    return "\n".join([*lines, "Stop it with Ctrl-C."])


def supervise(where: Places, environment: Mapping[str, str]) -> None:
    """Run the portal until a signal stops it. Raises `EmbeddedError` when something fails."""
    supervisor = Supervisor(where, environment)
    try:
        supervisor.start()
        say(banner(supervisor))
        supervisor.forget_replaced()
        supervisor.watch()
    except StopRequested:
        say("Stopping ...")
    finally:
        supervisor.stop()
