"""Clients over keep-alive sockets, thin so that they take little of the two processors from the server."""

import contextlib
import json
import socket
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class Client:
    """One browser: a connection, its cookies, and the token that goes with them."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._headers = f"Host: localhost\r\nCookie: {cookie}\r\nX-CSRFToken: {cookies.get('csrftoken', '')}\r\n"

    def get(self, path: str, *, accept_encoding: str = "") -> "Reply":
        encoding = f"Accept-Encoding: {accept_encoding}\r\n" if accept_encoding else ""
        return self._exchange(f"GET {path} HTTP/1.1\r\n{self._headers}{encoding}\r\n".encode())

    def post(self, path: str, body: bytes, *, accept: str = "application/json") -> "Reply":
        head = (
            f"POST {path} HTTP/1.1\r\n{self._headers}Accept: {accept}\r\nX-Requested-With: XMLHttpRequest\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return self._exchange(head.encode() + body)

    def _exchange(self, request: bytes) -> "Reply":
        self._connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, _blank, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:])
        if headers.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += self._receive()
        else:
            while len(body) < int(headers.get("content-length", "0")):
                body += self._receive()
        return Reply(int(lines[0].split()[1]), headers, body)

    def _receive(self) -> bytes:
        part = self._connection.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        return part


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class RequestTally:
    """Seconds of each request, and how long all of them took together."""

    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.elapsed

    @property
    def median_ms(self) -> float:
        return statistics.median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1] * 1000


def together(count: int, requests: int, make: Callable[[int], Callable[[], None]]) -> RequestTally:
    """Let ``count`` clients do ``requests`` requests each, all at once. ``make`` builds a client's one request."""
    tally, failures = RequestTally(), []
    start = threading.Barrier(count + 1)

    def work(number: int) -> None:
        try:
            request = make(number)
            request()  # the connection and whatever is made on first use
            start.wait()
            for _time in range(requests):
                begun = time.perf_counter()
                request()
                tally.seconds.append(time.perf_counter() - begun)
        except Exception as error:  # told below, once all have ended
            failures.append(error)
            start.abort()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    with contextlib.suppress(threading.BrokenBarrierError):
        start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    tally.elapsed = time.perf_counter() - begun
    if failures:
        raise failures[0]
    return tally
