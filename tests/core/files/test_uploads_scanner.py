"""The scanner that an institution names: asked of every file, and no file comes in past one that does not answer."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.core.files.test_uploads import PDF, check, refusal

pytestmark = pytest.mark.unit

FOUND = "The virus scanner of this portal does not let this file pass. Have it looked at before you use it anywhere."
AWAY = "Files cannot be checked for viruses at this moment, so that none is taken. Please try again later."
BAD = b"% EICAR"
INFECTED = PDF.replace(b"trailer", BAD + b"\ntrailer")
Named = Callable[[str], None]


@pytest.fixture
def named(settings: Settings) -> Named:
    def name(scanner: str) -> None:
        settings.UPLOAD_SCANNER = scanner

    return name


def script(folder: Path, body: str) -> str:
    place = folder / "scan"
    place.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    place.chmod(0o700)
    return str(place)


def test_none_is_asked_where_none_is_named(settings: Settings) -> None:
    assert settings.UPLOAD_SCANNER == ""
    assert check("law.pdf", INFECTED) == "application/pdf"


def test_a_command_says_which_file_comes_in(named: Named, tmp_path: Path) -> None:
    """The file is there under its own ending, with the bytes that were sent, and is gone afterwards."""
    seen = tmp_path / "seen"
    named(
        script(tmp_path, f'[ "$1" = --quiet ] || exit 2\necho "$2" >> {seen}\ngrep -q EICAR "$2" && exit 1\nexit 0')
        + " --quiet"
    )
    assert check("law.pdf", PDF) == "application/pdf"
    assert refusal("law.pdf", INFECTED) == FOUND
    places = [Path(line) for line in seen.read_text("utf-8").split()]
    assert [place.suffix for place in places] == [".pdf", ".pdf"]
    assert not any(place.exists() for place in places)


def test_the_command_learns_none_of_our_secrets(named: Named, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "qz-secret")
    told = tmp_path / "told"
    named(script(tmp_path, f"env > {told}"))
    check("law.pdf", PDF)
    assert "PATH=" in told.read_text("utf-8")
    assert "qz-secret" not in told.read_text("utf-8")


@pytest.mark.parametrize("body", ["exit 2", "exit 127", "kill -9 $$"])
def test_a_command_that_fails_lets_nothing_in(named: Named, tmp_path: Path, body: str) -> None:
    named(script(tmp_path, body))
    assert refusal("law.pdf", PDF) == AWAY


def test_a_command_that_is_not_there_or_hangs_lets_nothing_in(named: Named, tmp_path: Path, settings: Settings) -> None:
    named(str(tmp_path / "nowhere"))
    assert refusal("law.pdf", PDF) == AWAY
    settings.UPLOAD_SCANNER_SECONDS = 0.2
    named(script(tmp_path, "exec sleep 60"))
    assert refusal("law.pdf", PDF) == AWAY


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    """A small clamd: takes the pieces, and finds what it is to find."""
    place = str(tmp_path / "clamd.sock")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(place)
    listener.listen()

    def serve() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as incoming:
                assert incoming.read(10) == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack(">L", incoming.read(4))[0]:
                    content += incoming.read(length)
                answers = {BAD: b"stream: Eicar-Test-Signature FOUND\0", b"%BROKEN": b"INSTREAM size limit exceeded\0"}
                reply = next((told for mark, told in answers.items() if mark in content), b"stream: OK\0")
                connection.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"clamd://{place}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


def test_a_clamd_is_asked_in_its_own_words(named: Named, clamd: str) -> None:
    named(clamd)
    assert check("law.pdf", PDF) == "application/pdf"
    assert check("law.pdf", PDF.ljust(300_000)) == "application/pdf"
    assert refusal("law.pdf", INFECTED) == FOUND
    assert refusal("law.pdf", PDF.replace(b"trailer", b"%BROKEN\ntrailer")) == AWAY


@pytest.mark.parametrize("address", ["clamd:///nowhere/clamd.sock", "clamd://127.0.0.1:1"])
def test_a_clamd_that_is_away_lets_nothing_in(named: Named, address: str) -> None:
    named(address)
    assert refusal("law.pdf", PDF) == AWAY
