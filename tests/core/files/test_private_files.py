"""Stored files and mails in files are for the portal's own account alone, whatever the umask was."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.mail import EmailMessage, get_connection
from pytest_django import Settings

from config import prepare
from core.files.private_files import close_to_others, private_folders

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Of a folder and all in it: whether it is a folder, and who may do what."""
    return {(path.is_dir(), stat.S_IMODE(path.lstat().st_mode)) for path in (folder, *folder.rglob("*"))}


PRIVATE = {(True, 0o700), (False, 0o600)}


def uploaded_in_a_temporary_file() -> TemporaryUploadedFile:
    file = TemporaryUploadedFile("answers.pdf", "application/pdf", 3, None)
    file.write(b"PDF")
    file.seek(0)
    return file


@pytest.mark.parametrize("make", [lambda: ContentFile(b"PDF"), uploaded_in_a_temporary_file], ids=["memory", "disk"])
def test_a_stored_file_and_its_folders_are_private(
    tmp_path: Path, settings: Settings, make: Callable[[], "File[bytes]"]
) -> None:
    store = {**settings.STORAGES["default"], "OPTIONS": {**settings.STORAGES["default"]["OPTIONS"]}}
    store["OPTIONS"]["location"] = tmp_path / "files"
    settings.STORAGES = {**settings.STORAGES, "default": store}
    file = make()
    storages["default"].save("supplements/2026/answers.pdf", file)
    file.close()
    assert modes(tmp_path / "files") == PRIVATE


def test_a_mail_in_a_file_is_private_in_a_folder_that_was_open(tmp_path: Path, settings: Settings) -> None:
    """With the backend that holds where none is named."""
    folder = tmp_path / "mail"
    folder.mkdir(mode=0o755)
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "core.mail.files.EmailBackend", folder
    assert EmailMessage("Your link", "https://reviews.example/activate/x/", to=["ana@states.example"]).send() == 1
    assert modes(folder) == PRIVATE
    assert "activate/x/" in next(folder.iterdir()).read_text()


def test_a_mail_that_could_not_be_written_leaves_nothing_behind(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the disk is full; the worker tries it again, and each time would leave half of a link."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "core.mail.files.EmailBackend", tmp_path / "mail"

    def full(*_words: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for broken in ("core.mail.files.os.fdopen", "core.mail.files.Path.rename"):
        with monkeypatch.context() as patch:
            patch.setattr(broken, full)
            with pytest.raises(OSError, match="No space left"):
                EmailMessage("Your link", "Words.", to=["ana@states.example"]).send()
        assert list((tmp_path / "mail").iterdir()) == []


def test_mails_of_one_moment_lie_in_a_file_each(tmp_path: Path, settings: Settings) -> None:
    """Also those of one connection, as a worker sends them, and of many, whose objects may get the same number."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "core.mail.files.EmailBackend", tmp_path / "mail"
    mails = [EmailMessage(f"Mail {number}", "Words.", to=["ana@states.example"]) for number in range(6)]
    with time_machine.travel("2026-11-30 20:00:00+00:00", tick=False):
        assert get_connection().send_messages(mails[:3]) == 3
        assert [mail.send() for mail in mails[3:]] == [1, 1, 1]
    kept = [message_from_bytes(path.read_bytes()) for path in (tmp_path / "mail").iterdir()]
    assert {mail["Subject"] for mail in kept} == {f"Mail {number}" for number in range(6)}
    assert {mail.get_payload() for mail in kept} == {"Words."}, "and nothing behind it"


def test_what_lies_there_already_is_closed_and_links_are_left_alone(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("not ours")
    outside.chmod(0o644)
    folder = tmp_path / "files"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "law.pdf").write_text("law")
    (folder / "link").symlink_to(outside)
    assert close_to_others(folder) == 4
    assert {each for each in modes(folder) if each[1] != 0o777} == PRIVATE
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
    assert (close_to_others(folder), close_to_others(tmp_path / "nothing")) == (0, 0)


@pytest.mark.django_db
def test_every_start_closes_what_lies_there(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES, settings.EMAIL_FILE_PATH = {**settings.STORAGES, "default": store}, tmp_path / "mail"
    for folder in private_folders():
        folder.mkdir(mode=0o755)
        (folder / "old").write_text("old")
    monkeypatch.setattr(prepare, "call_command", lambda *words, **more: None)
    prepare.bring_up_to_date()
    assert modes(tmp_path / "files") | modes(tmp_path / "mail") == PRIVATE


def test_both_are_below_the_folder_of_data() -> None:
    assert private_folders() == [settings.DATA_DIR / "files", settings.DATA_DIR / "mail"]
