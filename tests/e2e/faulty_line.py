"""A line between browser and server that does what lines do: it cuts, delays, and lets others answer."""

import contextlib
import http.client
import threading
import time
from collections import deque
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HOTEL = "/hotel/"
_PAGE, _FACTS = {"Content-Type": "text/html"}, {"Content-Type": "application/json"}
# What others answer in our place.
FOREIGN = {
    "page of a hotel": (200, _PAGE, b"<p>Welcome</p>"),
    "500": (500, _PAGE, b"<p>Welcome</p>"),
    "503": (503, _PAGE, b"<p>Welcome</p>"),
    "413": (413, _PAGE, b"<p>Welcome</p>"),
    "401 of a gateway": (401, _PAGE, b"<p>Who are you?</p>"),
    "403 of a gateway": (403, _FACTS, b'{"kind": "Status", "reason": "Forbidden", "message": "forbidden"}'),
    "404 of a gateway": (404, _FACTS, b'{"message": "no Route matched with those values"}'),
    "maintenance": (403, _PAGE, b"<p>Down for maintenance</p>"),
    "to a hotel": (302, {**_PAGE, "Location": HOTEL}, b""),
}
FAULTS = ("no request", "no reply", "cut head", "cut body", "late", *FOREIGN)
DELAY = 1.0  # seconds
_HOP_BY_HOP = {"connection", "transfer-encoding", "keep-alive", "content-length"}


class FaultyLine:
    """Give faults to ``faults``; each request that saves (a POST) meets the next one.

    ``asked``: the fault that each question meets whether a page is still open (a HEAD).
    """

    def __init__(self, upstream: str) -> None:
        self.host = urlsplit(upstream).netloc
        self.faults: deque[str] = deque()
        self.injected = 0
        self.asked = ""
        self.server = ThreadingHTTPServer(("localhost", 0), type("Handler", (_Handler,), {"line": self}))
        self.server.daemon_threads = True
        self.url = f"http://localhost:{self.server.server_port}"

    def next_fault(self) -> str:
        if not self.faults:
            return ""
        self.injected += 1
        return self.faults.popleft()


@contextlib.contextmanager
def faulty_line(upstream: str) -> Iterator[FaultyLine]:
    """A line to ``upstream``, without faults at first."""
    line = FaultyLine(upstream)
    thread = threading.Thread(target=line.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.server.shutdown()
        line.server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: FaultyLine

    def do_GET(self) -> None:
        self.pass_on("")

    def do_HEAD(self) -> None:
        self.pass_on(self.line.asked)

    def do_POST(self) -> None:
        self.pass_on(self.line.next_fault())

    def pass_on(self, fault: str) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if fault == "no request":
            return
        if self.path == HOTEL:
            fault = "page of a hotel"
        if fault in FOREIGN:
            status, headers, content = FOREIGN[fault]
            self.answer(status, list(headers.items()), content)
            return
        status, answered, content = self.ask(body)
        if fault == "late":
            time.sleep(DELAY)
        if fault == "no reply":
            return
        if fault == "cut head":
            self.wfile.write(f"HTTP/1.1 {status} OK\r\nContent-Ty".encode())
            return
        kept = content[: len(content) // 2] if fault == "cut body" else content
        self.answer(status, answered, kept, length=len(content))

    def ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        upstream = http.client.HTTPConnection(self.line.host, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        upstream.request(self.command, self.path, body or None, {**headers, "Connection": "close"})
        reply = upstream.getresponse()
        content = reply.read()
        upstream.close()
        return reply.status, reply.getheaders(), content

    def answer(self, status: int, headers: list[tuple[str, str]], content: bytes, *, length: int | None = None) -> None:
        with contextlib.suppress(OSError):  # the browser has gone
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content) if length is None else length))
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    def log_message(self, *_words: Any) -> None:
        """Nothing is said of each request."""
