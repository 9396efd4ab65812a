"""Asking a provider over the network: only where its issuer may lead us, so long and so much at most.

Where the operator has set a proxy for what goes out, that decides where to, in our place.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

_A_STEP, _IN_ALL = 5, 12  # seconds: one read or connection, and a whole conversation
_MOST = 256 * 1024  # bytes of an answer
_PIECE = 16 * 1024


class _Conversation:
    """What is asked of one provider in a row. Whoever sends a byte now and then is cut off all the same."""

    def __init__(self, issuer: str) -> None:
        self._own_host = host_of(issuer)
        self._until = time.monotonic() + _IN_ALL
        self._open: list[socket.socket] = []
        self._clock: Timer | None = None

    def connect(self, host: str, port: int) -> socket.socket:
        """Raises OSError where nobody answers in time, and for an address inside, unless the issuer itself is there."""
        reason: OSError = OSError("It has no address.")
        for family, kind, proto, _name, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if host.lower() != self._own_host and _is_inside(str(place[0])):
                raise OSError("Addresses inside are for the issuer alone.")
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            sock = socket.socket(family, kind, proto)
            try:
                sock.settimeout(min(_A_STEP, left))
                sock.connect(place)
            except OSError as error:
                sock.close()
                reason = error
                continue
            self._watch(sock)
            return sock
        raise reason

    def _watch(self, sock: socket.socket) -> None:
        """Over another handle of the same connection, since TLS and HTTP take the first one over."""
        if self._clock is None:
            self._clock = Timer(max(0.0, self._until - time.monotonic()), self._cut_off)
            self._clock.daemon = True
            self._clock.start()
        self._open.append(sock.dup())

    def _cut_off(self) -> None:
        for sock in list(self._open):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it is over already

    def end(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
        for sock in self._open:
            sock.close()


_now: ContextVar[_Conversation] = ContextVar("the provider that is asked")


@contextmanager
def asking(issuer: str) -> Iterator[None]:
    """Ask this provider within, one thing or several, all in the time of one conversation."""
    conversation = _Conversation(issuer)
    before = _now.set(conversation)
    try:
        yield
    finally:
        _now.reset(before)
        conversation.end()


def host_of(url: str) -> str:
    """In small letters; raises ValueError where the address is none."""
    return (urlsplit(url).hostname or "").rstrip(".")


def session() -> requests.Session:
    """For ``asking``: follows no redirects; requests.RequestException is raised for what is too long or too slow."""
    made = requests.Session()
    made.max_redirects = 0
    made.headers["Accept-Encoding"] = "identity"
    for scheme in ("http://", "https://"):
        made.mount(scheme, _Bounded())
    return made


class _Bounded(HTTPAdapter):
    """Takes the body of an answer in at once, up to what one may have."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _PoolOverTLS}

    def send(self, request: Any, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().send(request, **{**kwargs, "stream": True, "timeout": _A_STEP})
        body = b""
        try:
            for piece in answer.iter_content(_PIECE):
                body += piece
                if len(body) > _MOST:
                    raise requests.exceptions.ContentDecodingError("The answer is too long.")
        finally:
            answer.close()
        answer._content = body  # what requests itself keeps there
        return answer


class _Connecting(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        try:
            return _now.get().connect(self.host, self.port or self.default_port)
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error


class _ConnectingOverTLS(_Connecting, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connecting


class _PoolOverTLS(HTTPSConnectionPool):
    ConnectionCls = _ConnectingOverTLS


def _is_inside(address: str) -> bool:
    ip = ip_address(address.partition("%")[0])
    return not (getattr(ip, "ipv4_mapped", None) or ip).is_global
