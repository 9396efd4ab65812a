"""The practice portal beside a portal: asleep until somebody comes, and with nothing of the portal in its hands."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from config.embedded.options import read_options
from config.embedded.practice import Practice

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
# What a portal may know that its practice portal must not.
REAL = {
    "DATABASE_URL": "postgres://portal_app:word@real/portal",
    "DATABASE_OWNER_URL_FILE": "/run/secrets/owner",
    "DATABASE_SYSTEM_URL": "postgres://portal_system:word@real/portal",
    "REDIS_URL": "redis://real:6379",
    "SECRET_KEY": "the key of the portal",
    "RECORD_KEY_FILE": "/home/portal/record-key",
    "EMAIL_HOST": "mail.real.example",
    "EMAIL_HOST_PASSWORD": "word",
    "MECHANISM": "untoc",
    "PATH": "/usr/bin",
    "PG_BIN": "/opt/postgres/bin",
    "TIME_ZONE": "Asia/Tokyo",
}


def beside(tmp_path: Path, **environment: str) -> Practice:
    environment = {"DATA_DIR": str(tmp_path), "PORT": "8100", **environment}
    return Practice(read_options(environment, ROOT), environment, ROOT)


class Started:
    """Stands for a supervisor that was started."""

    def __init__(self) -> None:
        self.ended, self.log, self.asked = False, Path("practice.log"), 0

    def ask_to_stop(self) -> None:
        self.asked += 1


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[Started]:
    made: list[Started] = []

    def start(_practice: Practice) -> Any:
        made.append(Started())
        return made[-1]

    monkeypatch.setattr(Practice, "start", start)
    return made


def _said_by_either(words: str, **environment: str) -> list[str]:
    """What a program prints in the practice portal, and in the portal."""
    environment |= {"PATH": os.environ["PATH"], "SECRET_KEY": "x"}
    environment |= {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if name in os.environ}
    command = [sys.executable, "-c", words]
    return [
        subprocess.run(
            command, cwd=ROOT, env=environment | more, capture_output=True, text=True, check=True
        ).stdout.strip()
        for more in ({"PRACTICE": "1"}, {})
    ]


def silent(_words: str) -> None:
    """Say nothing."""


def test_it_gets_nothing_that_leads_to_what_is_real(tmp_path: Path) -> None:
    given = beside(tmp_path, **REAL).own_variables()
    assert {name for name in given if name in REAL} == {"PATH", "PG_BIN", "TIME_ZONE"}
    assert given["DATA_DIR"] == str(tmp_path / "practice")
    assert (given["PRACTICE"], given["PORT"], given["DEMO"]) == ("1", "8101", "0")
    assert given["PORTAL_URL"] == "http://localhost:8100"
    options = read_options(given, ROOT)
    assert (options.is_practice, options.practice_port) == (True, None), "it has none of its own"


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "http://localhost:8101"),
        ({"SITE_URL": "https://reviews.example"}, ""),
        (
            {"SITE_URL": "https://reviews.example", "PRACTICE_URL": "https://practice.example"},
            "https://practice.example",
        ),
    ],
)
def test_a_portal_that_others_come_to_leads_nobody_to_his_own_machine(
    tmp_path: Path, environment: dict[str, str], url: str
) -> None:
    practice = beside(tmp_path, **environment)
    assert practice.variables()["PRACTICE_URL"] == url
    assert practice.is_wanted is bool(url)


def test_it_answers_by_the_name_that_it_was_given(tmp_path: Path) -> None:
    local = ["localhost", "127.0.0.1", "[::1]"]
    assert beside(tmp_path).own_variables()["ALLOWED_HOSTS"].split(",") == local
    named = {"SITE_URL": "https://reviews.example", "PRACTICE_URL": "https://practice.example:8443"}
    assert beside(tmp_path, **named).own_variables()["ALLOWED_HOSTS"].split(",") == [*local, "practice.example"]
    hosts = beside(tmp_path, **named, ALLOWED_HOSTS="reviews.example,localhost").own_variables()["ALLOWED_HOSTS"]
    assert hosts.split(",") == ["reviews.example", "localhost", "practice.example"]


def test_its_buttons_work_behind_a_proxy(tmp_path: Path) -> None:
    def origins(**environment: str) -> list[str]:
        return beside(tmp_path, **environment).own_variables()["CSRF_TRUSTED_ORIGINS"].split(",")

    named = {"SITE_URL": "https://reviews.example", "PRACTICE_URL": "https://practice.example:8443/"}
    assert origins() == ["http://localhost:8101"]
    assert origins(**named) == ["https://practice.example:8443"]
    given = "https://reviews.example, https://practice.example:8443"
    assert origins(**named, CSRF_TRUSTED_ORIGINS=given) == given.split(", ")


def test_what_the_portal_was_told_to_load_does_not_hold_there() -> None:
    """With containers it may be in the file that both begin with."""
    words = "from config.settings import base; print(repr(base.MECHANISM))"
    assert _said_by_either(words, MECHANISM="untoc") == ["''", "'untoc'"]


def test_neither_takes_the_cookies_of_the_other() -> None:
    """A browser keeps those of all ports of one host together."""
    words = (
        "from config.settings import base; print(*(base.__dict__[n] for n in dir(base) if n.endswith('_COOKIE_NAME')))"
    )
    practice, portal = (set(each.split()) for each in _said_by_either(words))
    assert {"sessionid", "csrftoken", "appearance", "drafts_done"} <= portal
    assert practice == {f"practice_{name}" for name in portal}


def test_both_know_one_key_and_no_other(tmp_path: Path) -> None:
    practice = beside(tmp_path)
    variables = practice.variables()
    assert variables["PRACTICE_KEY"] == practice.own_variables()["PRACTICE_KEY"]
    assert len(variables["PRACTICE_KEY"]) >= 64
    assert variables["PRACTICE_URL"] == "http://localhost:8101"
    assert variables["PRACTICE_PROBE"] == "http://127.0.0.1:8101/healthz/"
    assert (tmp_path / "practice-key").stat().st_mode & 0o077 == 0


def test_switched_off_the_portal_knows_of_none(tmp_path: Path, starts: list[Started]) -> None:
    practice = beside(tmp_path, PRACTICE_PORTAL="0")
    assert practice.variables() == {"PRACTICE_URL": "", "PRACTICE_KEY": ""}
    practice.wake_file.touch()
    practice.look(silent)
    assert starts == []


def test_it_wakes_when_somebody_comes_and_sleeps_when_nobody_has_for_long(
    tmp_path: Path, starts: list[Started], monkeypatch: pytest.MonkeyPatch
) -> None:
    practice, said = beside(tmp_path, PRACTICE_MINUTES="30"), list[str]()
    practice.look(silent)
    assert starts == [], "nobody has come"
    practice.wake_file.touch()
    practice.look(silent)
    practice.wake_file.touch()  # somebody else, meanwhile
    practice.look(silent)
    assert (len(starts), practice.wake_file.exists()) == (1, False)
    seen = practice.last_seen()
    monkeypatch.setattr("config.embedded.practice.time", SimpleNamespace(time=lambda: seen + 29 * 60))
    practice.look(silent)
    assert starts[0].asked == 0
    monkeypatch.setattr("config.embedded.practice.time", SimpleNamespace(time=lambda: seen + 31 * 60))
    practice.look(said.append)
    practice.wake_file.touch()  # somebody comes while it falls asleep
    practice.look(said.append)
    assert (starts[0].asked, len(starts), practice.wake_file.exists()) == (1, 1, True)
    starts[0].ended = True
    practice.look(said.append)
    assert (len(starts), said) == (2, []), "it was told to sleep, which is nothing to tell of"


def test_one_that_has_ended_is_told_and_started_again_by_the_next_visit(tmp_path: Path, starts: list[Started]) -> None:
    practice, said = beside(tmp_path), list[str]()
    say: Callable[[str], None] = said.append
    practice.wake_file.touch()
    practice.look(say)
    starts[0].ended = True
    practice.look(say)
    assert said == ["The practice portal has ended; practice.log says why. The next visit starts it again."]
    practice.wake_file.touch()
    practice.look(say)
    assert len(starts) == 2


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), subprocess.SubprocessError("Exception occurred in preexec_fn.")]
)
def test_one_that_cannot_be_started_is_told_once_and_harms_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starts: list[Started], error: Exception
) -> None:
    practice, said = beside(tmp_path), list[str]()

    def start(_practice: Practice) -> Any:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(Practice, "start", start)
        for _visit in range(2):
            practice.wake_file.touch()
            practice.look(said.append)
            assert not practice.wake_file.exists(), "the wish is set aside"
    assert said == [f"The practice portal cannot be started or stopped: {error}"]
    practice.wake_file.touch()
    practice.look(said.append)
    assert (len(starts), len(said)) == (1, 1), "the next visit wakes it"


def test_a_port_that_something_else_has_is_told(tmp_path: Path, starts: list[Started]) -> None:
    said = list[str]()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        practice = beside(tmp_path, PRACTICE_PORT=port)
        practice.wake_file.touch()
        practice.look(said.append)
    assert (starts, practice.wake_file.exists()) == ([], False)
    assert [port in words for words in said] == [True]


def test_a_port_that_is_none_leaves_the_portal_without(tmp_path: Path) -> None:
    assert read_options({"DATA_DIR": str(tmp_path), "PORT": "65535"}, ROOT).practice_port is None
    assert read_options({"DATA_DIR": str(tmp_path), "PRACTICE_PORT": "9000"}, ROOT).practice_port == 9000
