"""The proxy of docker-compose.yml spreads requests over whatever web containers there are and well.

HAProxy itself, with our file, in front of small servers that stand for web containers.
"""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.architecture import compose
from tests.architecture.installation import free_port
from tests.architecture.name_server import NameServer, serving

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("haproxy") is None, reason="this machine has no haproxy"),
]

CONFIGURATION = compose.ROOT / "tools" / "docker" / "haproxy.cfg"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Web)
        is_health = self.path == "/healthz/" and self.headers["Host"] == "localhost"
        self.send_response(503 if is_health and not server.is_well else 200)
        self.end_headers()
        forwarded = ", ".join(self.headers.get_all("X-Forwarded-For") or [])
        told = {"from": server.address, "forwarded": forwarded, "scheme": self.headers["X-Forwarded-Proto"]}
        self.wfile.write(json.dumps(told | {"host": self.headers["Host"]}).encode())

    def log_message(self, *_words: object) -> None:
        """The terminal is the test's."""


class Web(ThreadingHTTPServer):
    """Stands for one web container: says what reached it."""

    daemon_threads = True

    def __init__(self, address: str, port: int) -> None:
        super().__init__((address, port), _Answers)
        self.address, self.is_well = address, True


class Proxy:
    """HAProxy with our file, at addresses of this machine."""

    def __init__(self, folder: Path, name_server: int, trusted: str = "192.0.2.1 127.0.0.0/8") -> None:
        self.environment = {**os.environ, "TRUSTED_PROXIES": trusted}
        self.port, self.web_port = free_port(), free_port()
        self.name_server = name_server
        self.file = folder / "haproxy.cfg"

    def start(self) -> "subprocess.Popen[bytes]":
        text = CONFIGURATION.read_text("utf-8")
        for theirs, ours in (
            ("127.0.0.11:53", f"127.0.0.1:{self.name_server}"),
            ("bind :8000", f"bind 127.0.0.1:{self.port}"),
            ("web:8000", f"web:{self.web_port}"),
        ):
            assert text.count(theirs) == 1
            text = text.replace(theirs, ours)
        self.file.write_text(text)
        command = ["haproxy", "-W", "-db", "-f", str(self.file)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, env=self.environment)

    def ask(self, **headers: str) -> dict[str, str]:
        """A request through the proxy; nothing where it has nobody to give it to."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/en/", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
                found = json.loads(answer.read())
                assert isinstance(found, dict)
                return found
        except urllib.error.HTTPError as error:
            error.close()
            return {}
        except OSError:
            return {}

    def answering(self) -> set[str]:
        return {answer["from"] for _time in range(12) if (answer := self.ask())}


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    limit = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.1)


@pytest.fixture
def names() -> Iterator[NameServer]:
    server = NameServer(["127.0.0.2"])
    with serving(server):
        yield server


@pytest.fixture
def proxy(tmp_path: Path, names: NameServer) -> Iterator[Proxy]:
    one = Proxy(tmp_path, names.port)
    process = one.start()
    yield one
    process.terminate()
    assert process.wait(20) in {0, 143}


def test_the_file_is_valid() -> None:
    command, environment = ["haproxy", "-c", "-f", str(CONFIGURATION)], {**os.environ, "TRUSTED_PROXIES": "127.0.0.1"}
    checked = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_web_containers_come_go_and_fall_ill(proxy: Proxy, names: NameServer) -> None:
    with ExitStack() as containers:
        webs = [Web(f"127.0.0.{number}", proxy.web_port) for number in (2, 3, 4)]
        for web in webs:
            containers.enter_context(serving(web))
        wait_until(lambda: proxy.answering() == {"127.0.0.2"})

        names.addresses = ["127.0.0.2", "127.0.0.3", "127.0.0.4"]
        wait_until(lambda: proxy.answering() == set(names.addresses))
        shares = Counter(proxy.ask()["from"] for _time in range(30))
        assert min(shares.values()) >= 5, "nobody is spared"

        webs[1].is_well = False
        wait_until(lambda: proxy.answering() == {"127.0.0.2", "127.0.0.4"})

        names.addresses = ["127.0.0.2"]
        wait_until(lambda: proxy.answering() == {"127.0.0.2"})


def test_what_the_proxy_before_it_said_reaches_the_portal(proxy: Proxy) -> None:
    with serving(Web("127.0.0.2", proxy.web_port)):
        wait_until(lambda: proxy.ask() != {})
        told = {"Host": "reviews.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6, 203.0.113.5"}
        assert proxy.ask(**told) == {
            "from": "127.0.0.2",
            "forwarded": "6.6.6.6, 203.0.113.5, 127.0.0.1",
            "scheme": "https",
            "host": "reviews.example.org",
        }


def test_what_anybody_else_says_of_the_client_is_thrown_away(tmp_path: Path, names: NameServer) -> None:
    proxy = Proxy(tmp_path, names.port, trusted="192.0.2.1 198.51.100.0/24")
    process = proxy.start()
    try:
        with serving(Web("127.0.0.2", proxy.web_port)):
            wait_until(lambda: proxy.ask() != {})
            told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6, 203.0.113.5"}
            answer = proxy.ask(**told)
            assert (answer["forwarded"], answer["scheme"]) == ("127.0.0.1", None)
    finally:
        process.terminate()
        process.wait(20)


def test_its_health_check_fails_until_a_web_container_is_well(proxy: Proxy) -> None:
    words = compose.installation()["services"]["proxy"]["healthcheck"]["test"][1:]
    if shutil.which(words[0]) is None:
        pytest.skip(f"this machine has no {words[0]}")

    def is_well() -> bool:
        command = [word.replace(":8000", f":{proxy.port}") for word in words]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    wait_until(lambda: proxy.ask() == {})
    assert not is_well()
    with serving(Web("127.0.0.2", proxy.web_port)):
        wait_until(is_well)
