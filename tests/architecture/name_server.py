"""A name server that knows one name, as Docker's knows the containers of a service: addresses of the IPv4 kind only."""

import contextlib
import socketserver
import struct
import threading
from collections.abc import Iterator
from ipaddress import IPv4Address
from typing import Any, cast

HEADER = struct.Struct("!6H")
ANSWER = struct.Struct("!3HIH4s")
KIND_A, CLASS_IN, IS_ANSWER, POINTER_TO_THE_NAME = 1, 1, 0x8180, 0xC00C
SECONDS_TO_LIVE = 1


class _Question(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        packet, reply_through = self.request
        identity = HEADER.unpack_from(packet)[0]
        # The name ends with an empty label; kind and class follow.
        end = packet.index(b"\0", HEADER.size) + 5
        (kind,) = struct.unpack_from("!H", packet, end - 4)
        known = cast(NameServer, self.server).addresses if kind == KIND_A else []
        answers = b"".join(
            ANSWER.pack(POINTER_TO_THE_NAME, KIND_A, CLASS_IN, SECONDS_TO_LIVE, 4, IPv4Address(address).packed)
            for address in known
        )
        header = HEADER.pack(identity, IS_ANSWER, 1, len(known), 0, 0)
        reply_through.sendto(header + packet[HEADER.size : end] + answers, self.client_address)


class NameServer(socketserver.ThreadingUDPServer):
    daemon_threads = True

    def __init__(self, addresses: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Question)
        self.addresses = addresses

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextlib.contextmanager
def serving(server: Any) -> Iterator[None]:
    """Let a server of the standard library serve in a thread."""
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
