"""Whether the practice portal is awake: only its own word counts."""

import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from portal.practice.awake import HEADER, is_awake, sign_of_life
from portal.practice.models import Exercise
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db


@contextmanager
def answering(headers: dict[str, str]) -> Iterator[str]:
    """Something that answers 200, with these headers; gives its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/healthz/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def probes(settings: Settings) -> Callable[[dict[str, str]], bool]:
    def probe(headers: dict[str, str]) -> bool:
        with answering(headers) as settings.PRACTICE_PROBE:
            return is_awake()

    return probe


def test_what_else_answers_on_its_port_is_not_the_practice_portal(
    probes: Callable[[dict[str, str]], bool], settings: Settings
) -> None:
    own = sign_of_life()
    assert probes({HEADER: own})
    assert not probes({})
    assert not probes({HEADER: "1"})
    settings.PRACTICE_KEY = "that of another portal on this machine"
    assert not probes({HEADER: own})


def test_who_comes_while_it_sleeps_waits_for_a_while_and_not_for_ever(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.PRACTICE_WAKE_FILE = str(tmp_path / "wanted")
    client, began = login_as(Client(), cast.focal_point), timezone.now()
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        settings.PRACTICE_PROBE = f"http://127.0.0.1:{nobody.getsockname()[1]}/healthz/"
    waits, failed = "This page goes on by itself", "The practice portal did not start."
    with time_machine.travel(began, tick=False):
        where = client.post(reverse("portal:practice-go"))["Location"]
        page = client.get(where).content.decode()
    assert (tmp_path / "wanted").exists()
    assert (waits in page, failed in page, 'http-equiv="refresh"' in page) == (True, False, True)
    with time_machine.travel(began + dt.timedelta(minutes=4), tick=False):
        page = client.get(where).content.decode()
    assert (waits in page, failed in page, 'http-equiv="refresh"' in page) == (False, True, False)
    assert reverse("portal:practice-go") in page
    for wrong in ("", "x", "9" * 11, "9" * 99, "²"):
        assert failed in client.get(f"{reverse('portal:practice')}?waking={wrong}").content.decode()


def test_one_press_is_enough_also_while_it_sleeps(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.PRACTICE_WAKE_FILE = str(tmp_path / "wanted")
    presses, looks_on = login_as(Client(), cast.focal_point), login_as(Client(), cast.expert)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        settings.PRACTICE_PROBE = f"http://127.0.0.1:{nobody.getsockname()[1]}/healthz/"
        where = presses.post(reverse("portal:practice-go"))["Location"]
        assert presses.get(where).status_code == 200
    with answering({HEADER: sign_of_life()}) as settings.PRACTICE_PROBE:
        assert looks_on.get(where).status_code == 200, "nobody is led over by a link"
        over = presses.get(where)
        assert (over.status_code, over["Referrer-Policy"]) == (302, "no-referrer")
        assert over["Location"].startswith("http://practice.example/en/practice/enter/")
        assert "The practice portal is ready." in presses.get(where).content.decode(), "once: the way back stays open"


def test_the_portal_does_not_say_it() -> None:
    assert HEADER not in Client().get(reverse("healthz"))


@pytest.mark.usefixtures("practice")
def test_the_practice_portal_says_it_on_its_health_page_alone() -> None:
    client = Client()
    assert client.get(reverse("healthz"))[HEADER] == sign_of_life()
    assert HEADER not in client.get(reverse("portal:practice-door"))


def test_a_page_that_was_left_open_keeps_nothing_awake(
    begin: Callable[..., tuple[Client, Exercise]], settings: Settings, tmp_path: Path
) -> None:
    """It asks by itself what has changed; whoever opens a page, or writes, is there."""
    seen = tmp_path / "seen"
    client, _exercise = begin()
    settings.PRACTICE_SEEN_FILE = str(seen)
    door = reverse("portal:practice-door")
    client.get(door, headers={"Sec-Fetch-Dest": "empty"})
    assert not seen.exists()
    client.get(door, headers={"Sec-Fetch-Dest": "document"})
    assert seen.exists()
    seen.unlink()
    client.post(reverse("portal:practice-door-act", args=["own-expert"]), headers={"Sec-Fetch-Dest": "empty"})
    assert seen.exists()
