"""An institution's own virus scanner, asked of each file before it comes in; none is named by default.

``UPLOAD_SCANNER`` is a command or the address of a ``clamd`` (docs/operations/configuration.md). Whatever is not a
clear yes keeps the file out: a scanner that is away is no reason to let files pass unseen.
"""

import logging
import shlex
import socket
import struct
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from core.files.uploads.kinds import found_by_scanner, scanner_away

_log = logging.getLogger(__name__)
_STEP = 64 * 1024
_LONGEST_REPLY = 4096
_CLEAN, _FOUND = 0, 1  # the exit codes of clamscan and clamdscan, which other scanners follow
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def scan(content: bytes, ending: str) -> None:
    """Ask the scanner, if one is named. Raises UploadError where it finds something, or cannot be asked."""
    scanner: str = settings.UPLOAD_SCANNER
    if not scanner:
        return
    try:
        is_clean = _ask_clamd(scanner, content) if scanner.startswith("clamd:") else _run(scanner, content, ending)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        _log.error("The scanner of uploads could not be asked: %s", type(error).__name__)
        raise scanner_away() from error
    if not is_clean:
        raise found_by_scanner()


def _run(command: str, content: bytes, ending: str) -> bool:
    """Whether the command ends with 0. It gets the place of the file as its last word and none of our secrets."""
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        file = Path(folder) / f"file{ending}"
        file.write_bytes(content)
        done = subprocess.run(
            [*shlex.split(command), str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": _PATH},
            timeout=settings.UPLOAD_SCANNER_SECONDS,
            check=False,
        )
    if done.returncode not in {_CLEAN, _FOUND}:
        raise ValueError(f"exit code {done.returncode}")
    return done.returncode == _CLEAN


def _ask_clamd(address: str, content: bytes) -> bool:
    """The protocol INSTREAM of clamd(8): pieces with their lengths, an empty one, and a line in reply."""
    with _connected(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for place in range(0, len(content), _STEP):
            piece = content[place : place + _STEP]
            connection.sendall(struct.pack(">L", len(piece)) + piece)
        connection.sendall(struct.pack(">L", 0))
        reply = b""
        while not reply.endswith(b"\0") and len(reply) < _LONGEST_REPLY and (more := connection.recv(_LONGEST_REPLY)):
            reply += more
    words = reply.rstrip(b"\0\n")
    if words.endswith(b"FOUND"):
        return False
    if words != b"stream: OK":
        raise ValueError("no answer")
    return True


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=settings.UPLOAD_SCANNER_SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(settings.UPLOAD_SCANNER_SECONDS)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection
