"""Nothing that somebody wrote, looked for or is called leaves by logs, security events, faults or traces."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

import pytest
import sentry_sdk
from django.db import DatabaseError
from django.http import Http404
from django.test import Client
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sentry_sdk.transport import Transport

from accounts.people.enums import AccountAction
from accounts.people.models import User
from config.logs import EventFile, EventFormatter, logging_settings
from core import audit
from core.policy import PolicyRefusedError, can, require
from core.security_events import LOGGER
from core.watch import faults, traces
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PLANTED = "Plantedwordswhichnobodymayread"
logger = logging.getLogger("portal.of.tests")


def raise_with_content() -> None:
    """As code does that a row or a value has made fail: the words are in it, in its cause, and in a variable."""
    words = PLANTED
    try:
        User.objects.filter(pk=User.objects.create(email=f"{words}@xal.example").pk).update(language=words * 9)
    except DatabaseError as error:
        assert PLANTED in words
        raise ValueError(f"not a word of ours: {words}") from error


def ask_with_content(client: Client) -> None:
    client.get("/en/search/", {"q": PLANTED, "names": PLANTED})
    client.get(f"/en/reviews/?status=open&who={PLANTED}")
    client.post("/en/sign-in/", {"username": f"{PLANTED}@xal.example", "password": PLANTED})
    client.get("/en/there-is-nothing/", headers={"User-Agent": "tests", "Referer": f"http://testserver/?q={PLANTED}"})


class Lines(logging.Handler):
    """Keeps lines as they would be written."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


def kept_lines(name: str, formatter: logging.Formatter) -> Iterator[Lines]:
    lines, source = Lines(formatter), logging.getLogger(name)
    level = source.level
    source.addHandler(lines)
    source.setLevel(logging.INFO)
    yield lines
    source.removeHandler(lines)
    source.setLevel(level)


@pytest.fixture
def log() -> Iterator[Lines]:
    made = logging_settings("INFO", as_json=True)["formatters"]["structured"]
    yield from kept_lines("", made["()"](processors=made["processors"], foreign_pre_chain=made["foreign_pre_chain"]))


@pytest.fixture
def stream() -> Iterator[Lines]:
    yield from kept_lines(LOGGER, EventFormatter())


def test_logs_have_ids_and_no_content(client: Client, log: Lines) -> None:
    person = UserFactory()
    client.force_login(person)
    ask_with_content(client)
    try:
        raise_with_content()
    except ValueError as error:
        logger.error("it failed", exc_info=error)
    text = "\n".join(log.lines)
    assert PLANTED not in text and person.email not in text
    assert "builtins.ValueError" in text and "raise_with_content" in text, "and yet it says what failed where"
    started = [event for event in log.events if event["event"] == "request_started"]
    assert {event["user_id"] for event in started} >= {str(person.pk)}
    assert all(event["request_id"] for event in started)


def test_security_events_say_who_did_what_from_where(
    client: Client, stream: Lines, django_capture_on_commit_callbacks: Any
) -> None:
    person = UserFactory(full_name=PLANTED)
    ask_with_content(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.force_login(person)
        with audit.from_address("203.0.113.7"):
            audit.record(person, "accounts.token.made", person, after={"name": PLANTED}, reason=PLANTED)
            audit.record(person, "reviews.meeting.changed", person)
        client.logout()
    told = [(event["event"], event["outcome"], event["person"]) for event in stream.events]
    assert told == [
        ("sign_in.failed", "failure", ""),
        ("sign_in.succeeded", "success", str(person.pk)),
        ("sign_out", "success", str(person.pk)),
        ("accounts.token.made", "success", str(person.pk)),
    ]
    assert stream.events[-1]["ip"] == "203.0.113.7"
    assert PLANTED not in "\n".join(stream.lines) and person.email not in "\n".join(stream.lines)


def test_what_the_policy_refuses_is_a_security_event(stream: Lines) -> None:
    person = UserFactory()
    with pytest.raises((Http404, PolicyRefusedError)) as refusal:
        require(person, next(action for action in AccountAction if not can(person, action)))
    event = stream.events[-1]
    assert (event["event"], event["person"]) == ("policy.refused", str(person.pk))
    assert event["is_told"] == isinstance(refusal.value, PolicyRefusedError)


def test_events_go_into_a_file_that_may_be_moved_away(tmp_path: Path) -> None:
    handler = logging_settings("INFO", as_json=False, security_log=str(tmp_path / "security.log"))["handlers"][
        "security"
    ]
    assert issubclass(handler["()"], WatchedFileHandler)
    assert logging_settings("INFO", as_json=False)["handlers"]["security"] == {"class": "logging.NullHandler"}


def test_nobody_is_kept_out_by_a_file_that_cannot_be_opened(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, handler = logging.getLogger(LOGGER), EventFile(tmp_path / "none" / "security.log", delay=True)
    level = source.level
    source.addHandler(handler)
    source.setLevel(logging.INFO)
    try:
        answer = client.post("/en/sign-in/", {"username": f"{PLANTED}@xal.example", "password": PLANTED})
    finally:
        source.removeHandler(handler)
        source.setLevel(level)
    told = capsys.readouterr().err
    assert answer.status_code < 500
    assert "FileNotFoundError" in told and PLANTED not in told


WORK = """
import logging
import sys
import django
django.setup()
from celery import Task
from config.celery import app
app.log.setup(loglevel="INFO")
class Expected(Exception): pass
@app.task(base=Task, name="fails", throws=(Expected,))
def fails(kind):
    raise {"e": Expected, "v": ValueError}[kind](sys.argv[1])
for kind in "ev":
    fails.apply([kind])
logging.getLogger("celery.worker.request").error("Task handler raised error: %r", ValueError(sys.argv[1]))
"""


def test_workers_write_lines_as_pages_do() -> None:
    environment = {**os.environ, "LOG_JSON": "true"}
    command = [sys.executable, "-c", WORK, PLANTED]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert PLANTED not in ran.stderr
    assert [line["event"].rpartition(": ")[2] for line in lines] == ["Expected", "ValueError", "'ValueError'"]
    assert "in fails" in lines[1]["exception"]


class KeepingTransport(Transport):
    """Keeps what would have been sent."""

    sent: list[str] = []

    def capture_envelope(self, envelope: Any) -> None:
        self.sent.append(envelope.serialize().decode())


def test_a_sentry_is_told_of_the_fault_alone(settings: Any, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    begin = sentry_sdk.init
    monkeypatch.setattr(sentry_sdk, "init", lambda **given: begin(transport=KeepingTransport, **given))
    settings.SENTRY_DSN = "https://key@sentry.example/1"
    faults.listen()
    try:
        ask_with_content(client)
        try:
            raise_with_content()
        except ValueError as error:
            logger.error("%s failed", PLANTED, exc_info=error, extra={"of": PLANTED})
        logger.error(f"{PLANTED} failed")
    finally:
        begin()  # without an address: it tells nobody any more
    assert len(KeepingTransport.sent) == 2
    text = "\n".join(KeepingTransport.sent)
    assert PLANTED not in text
    assert "raise_with_content" in text and '"ValueError"' in text


def test_traces_name_views_and_nothing_else(settings: Any, client: Client) -> None:
    settings.TRACES_ENDPOINT, settings.TRACES_RATIO = "http://collector.example/v1/traces", 1.0
    kept = InMemorySpanExporter()
    traces.send_through(SimpleSpanProcessor(kept))
    ask_with_content(client)
    spans = kept.get_finished_spans()
    assert {span.name for span in spans} >= {"accounts:sign-in", "nothing there"}
    names = {"http.request.method", "http.response.status_code", "portal.kind"}
    assert {name for span in spans for name in span.attributes or {}} == names
    assert PLANTED not in "".join(span.to_json() for span in spans)
