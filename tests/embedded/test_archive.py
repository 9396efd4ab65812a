"""The parts of a backup, whichever of the two tools has packed them."""

import subprocess
from pathlib import Path

import pytest

from config.embedded import EmbeddedError, archive

pytestmark = pytest.mark.unit
SECRETS = {"secret_key": "one", "record_key": "two"}


def test_secrets_are_for_their_owner_alone_and_come_back(tmp_path: Path) -> None:
    archive.pack_secrets(SECRETS, tmp_path / archive.SECRETS)
    assert (tmp_path / archive.SECRETS).stat().st_mode & 0o777 == 0o600
    assert archive.secrets_in(tmp_path) == SECRETS


def test_secrets_of_an_installation_with_containers_are_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "secrets"
    folder.mkdir(parents=True)
    for name, value in SECRETS.items():
        (folder / name).write_text(value)
    (tmp_path / ".env").write_text("PORT=8000")
    words = [
        "tar",
        "-czf",
        tmp_path / archive.SECRETS,
        "--directory=var/secrets",
        ".",
        f"--directory={tmp_path}",
        ".env",
    ]
    subprocess.run(words, cwd=tmp_path, check=True)
    assert archive.secrets_in(tmp_path) == {**SECRETS, ".env": "PORT=8000"}


def test_secrets_that_are_cut_are_told_in_words(tmp_path: Path) -> None:
    archive.pack_secrets(SECRETS, tmp_path / archive.SECRETS)
    path = tmp_path / archive.SECRETS
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(EmbeddedError, match="cannot be read"):
        archive.secrets_in(tmp_path)


def test_files_of_either_tool_are_unpacked_alike(tmp_path: Path) -> None:
    for name in ("files", "roots"):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "x").write_text(name)
    archive.pack(tmp_path / "data", ("files", "mail", "roots"), tmp_path / "ours.tar.gz")
    command = ["tar", "--create", "--gzip", f"--directory={tmp_path}/data", f"--file={tmp_path}/theirs.tar.gz", "."]
    subprocess.run(command, check=True)
    for name in ("ours", "theirs"):
        archive.unpack(tmp_path / f"{name}.tar.gz", tmp_path / name)
        assert [(tmp_path / name / each / "x").read_text() for each in ("files", "roots")] == ["files", "roots"]


def test_nothing_can_be_packed_too(tmp_path: Path) -> None:
    archive.pack(tmp_path, ("files",), tmp_path / "none.tar.gz")
    archive.unpack(tmp_path / "none.tar.gz", tmp_path / "none")
    assert list((tmp_path / "none").iterdir()) == []
