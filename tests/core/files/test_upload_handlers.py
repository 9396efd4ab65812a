"""An upload of two hundred megabytes: read past, not kept, and refused by its field."""

from typing import Any

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, RequestFactory

from core.files.upload_handlers import BoundedUploadHandler
from reviews.drafts.situations import shown_in_room
from tests.dialogue.supplements.dialogues import ADD
from tests.utils import login_as

MEGABYTE = 1024 * 1024
BOUNDARY = "limit"


class Line:
    """What a browser sends: a form with a file as long as one likes, that is never in memory as a whole."""

    def __init__(self, megabytes: int, shown: str = "") -> None:
        head = (
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=file; filename=law.pdf\r\n"
            "Content-Type: application/pdf\r\n\r\n"
        )
        parts = {"shown": shown, "title": "Code"}
        between = f"\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="
        tail = "".join(f"{between}{name}\r\n\r\n{value}" for name, value in parts.items()) + f"\r\n--{BOUNDARY}--\r\n"
        self.parts = [head.encode(), *[b"x" * MEGABYTE] * megabytes, tail.encode()]
        self.length, self.given, self.waiting = sum(map(len, self.parts)), 0, b""

    def readline(self) -> bytes:
        raise AssertionError("nobody reads a form by its lines")

    def read(self, size: int = -1) -> bytes:
        if not self.waiting and self.parts:
            self.waiting = self.parts.pop(0)
        size = len(self.waiting) if size < 0 else size
        chunk, self.waiting = self.waiting[:size], self.waiting[size:]
        self.given += len(chunk)
        return chunk


def send(client: Client, line: Line) -> Any:
    return client.request(
        **{
            "PATH_INFO": ADD,
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
            "CONTENT_LENGTH": str(line.length),
            "wsgi.input": line,
        }
    )


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of what is written to the disk."""
    lengths: list[int] = []
    original = TemporaryFileUploadHandler.receive_data_chunk

    def watched(self: TemporaryFileUploadHandler, raw_data: bytes, start: int) -> Any:
        lengths.append(len(raw_data))
        return original(self, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", watched)
    return lengths


@pytest.mark.stage("dialogue")
@pytest.mark.django_db
def test_two_hundred_megabytes_are_refused_by_the_field(cast_at: Any, kept: list[int]) -> None:
    talking = cast_at("dialogue")
    line = Line(200, shown_in_room(talking.review, talking.state.pk).token)
    http_response = send(login_as(Client(), talking.expert), line)
    page = http_response.content.decode()
    assert http_response.status_code == 422
    assert "This file is larger than 20 megabytes." in page
    assert 'value="Code"' in page
    assert line.given == line.length
    assert sum(kept) == 20 * MEGABYTE + 1


@pytest.mark.stage("dialogue")
@pytest.mark.django_db
def test_a_request_without_end_is_not_read_at_all(cast_at: Any, kept: list[int], settings: Any) -> None:
    settings.UPLOAD_READ_MEGABYTES = 30
    line = Line(31)
    http_response = send(login_as(Client(), cast_at("dialogue").expert), line)
    assert http_response.status_code == 413
    assert "This is too large to be saved" in http_response.content.decode()
    assert (line.given, kept) == (0, [])


@pytest.mark.unit
def test_each_file_has_the_limit_for_itself_and_one_byte_tells_that_it_is_beyond(settings: Any) -> None:
    settings.UPLOAD_MAXIMUM_MEGABYTES = 1
    handler = BoundedUploadHandler(RequestFactory().post("/"))
    assert handler.receive_data_chunk(b"x" * 100, 0) == b"x" * 100
    assert handler.receive_data_chunk(b"x" * 100, MEGABYTE - 10) == b"x" * 11
    assert handler.receive_data_chunk(b"x" * 100, MEGABYTE + 1) is None
    assert handler.receive_data_chunk(b"y" * 100, 0) == b"y" * 100
