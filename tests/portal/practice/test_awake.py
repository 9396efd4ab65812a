"""Whether the practice portal is awake: only its own word counts."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from portal.practice.awake import HEADER, is_awake, sign_of_life

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


def test_the_portal_does_not_say_it() -> None:
    assert HEADER not in Client().get(reverse("healthz"))


@pytest.mark.usefixtures("practice")
def test_the_practice_portal_says_it_on_its_health_page_alone() -> None:
    client = Client()
    assert client.get(reverse("healthz"))[HEADER] == sign_of_life()
    assert HEADER not in client.get(reverse("portal:practice-door"))
