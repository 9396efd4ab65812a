"""Secrets, folders, logs, locks, ports and what a killed predecessor left."""

import errno
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from config.embedded import EmbeddedError, __main__ as command_line, folders, leftovers, logs, record_key, used
from config.embedded.credentials import load_or_create
from config.embedded.folders import server_files, socket_folder
from config.embedded.processes import ServerAccount, spawn
from config.embedded.single import check_port, only_one

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
NOBODY = ServerAccount(os.getuid(), os.getgid())


def test_secrets_are_made_once_and_are_ours_alone(tmp_path):
    path = tmp_path / "credentials.json"
    made = load_or_create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_create(path) == made
    assert len({made.superuser_password, made.owner_password, made.app_password, made.secret_key}) == 4


def test_a_data_folder_of_before_gets_the_secret_it_lacks_and_keeps_the_others(tmp_path):
    path = tmp_path / "credentials.json"
    before = asdict(load_or_create(path))
    later = {"system_password": "", "door_password": ""}
    path.write_text(json.dumps({name: value for name, value in before.items() if name not in later}))
    made = load_or_create(path)
    assert load_or_create(path) == made
    assert all(asdict(made)[name] for name in later)
    assert asdict(made) | later == before | later
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_damaged_secrets_are_an_error_and_stay(tmp_path):
    path = tmp_path / "credentials.json"
    path.write_text("{}")
    with pytest.raises(EmbeddedError, match="damaged"):
        load_or_create(path)
    assert path.read_text() == "{}"


def test_sockets_go_elsewhere_when_the_path_is_too_long(tmp_path):
    with socket_folder(tmp_path, None) as short:
        assert short == tmp_path / "run"
    with socket_folder(tmp_path / ("x" * 100), None) as other:
        assert len(os.fsencode(other)) < 80
        base = other.parent
        assert base.is_dir()
    assert not base.exists()


def test_servers_of_root_live_under_var_lib_when_the_data_folder_is_closed(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "STATE", tmp_path / "state")
    data = tmp_path / "closed"
    data.mkdir(mode=0o700)
    files = server_files(data, NOBODY)
    assert files.parent == tmp_path / "state"
    assert server_files(data, NOBODY) == files
    files.rmdir()
    with pytest.raises(EmbeddedError, match="which is gone"):
        server_files(data, NOBODY)


def test_servers_of_an_ordinary_user_live_in_the_data_folder(tmp_path):
    assert server_files(tmp_path, None) == tmp_path / "servers"


def test_large_logs_are_rotated_under_a_writer_that_keeps_them_open(tmp_path):
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        for round_ in range(7):
            writer.write(b"%d" % round_ * 20)
            logs.rotate(tmp_path, largest=10, kept=3)
        writer.write(b"new")
    assert log.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["web.log", "web.log.1", "web.log.2", "web.log.3"]
    assert (tmp_path / "web.log.1").read_bytes() == b"6" * 20


def test_the_second_holder_of_a_data_folder_is_told_about_the_first(tmp_path):
    with only_one(tmp_path, "http://localhost:8000/"):
        with pytest.raises(EmbeddedError) as caught, only_one(tmp_path, "http://localhost:8001/"):
            pass
        assert f"http://localhost:8000/ (process {os.getpid()})" in str(caught.value)
    with only_one(tmp_path, "http://localhost:8001/"):
        assert "8001" in (tmp_path / "supervisor.lock").read_text()


def test_a_taken_port_is_named_and_a_free_one_offered():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(EmbeddedError, match=rf"Port {port} is taken by another program; try: PORT=\d+ make run"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def sleeper(folder):
    """Start a child that would sleep for a minute."""
    return spawn("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], log=folder / "log", cwd=folder)


def test_orphans_are_waited_for_and_then_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(leftovers, "PATIENCE", 0.2)
    child = sleeper(tmp_path)
    leftovers.record(tmp_path / "children.json", [child])
    leftovers.wait_for_orphans(tmp_path / "children.json")
    assert child.process.wait(5) == -signal.SIGKILL
    assert not (tmp_path / "children.json").exists()


def test_a_stranger_with_a_recorded_number_is_left_alone(tmp_path):
    child = sleeper(tmp_path)
    try:
        (tmp_path / "children.json").write_text(f'[{{"pid": {child.process.pid}, "started": "1"}}]')
        leftovers.wait_for_orphans(tmp_path / "children.json")
        assert not child.ended
    finally:
        child.stop()


def test_a_pid_file_of_a_living_stranger_is_removed(tmp_path):
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n")
    leftovers.remove_stale_postmaster(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_child_dies_with_a_parent_that_is_killed(tmp_path):
    program = (
        "import sys, pathlib, time\n"
        "from config.embedded.processes import spawn\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "child = spawn('x', [sys.executable, '-c', 'import time; time.sleep(60)'], log=path / 'log', cwd=path)\n"
        "print(child.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen([sys.executable, "-c", program, tmp_path], cwd=root, stdout=subprocess.PIPE, text=True)
    with parent:
        pid = int(parent.stdout.readline())
        assert leftovers.start_time(pid)
        parent.kill()
    limit = time.monotonic() + 5
    while leftovers.start_time(pid) and time.monotonic() < limit:
        time.sleep(0.05)
    assert leftovers.start_time(pid) is None


@pytest.mark.parametrize("trace", ["in-use", "demo-accounts.txt", "files/law.pdf", "roots/root-1.json", "mail/1.eml"])
def test_a_data_folder_in_which_there_was_a_portal_is_known_again(tmp_path, trace):
    for name in ("files", "roots", "mail", "logs", "servers"):
        (tmp_path / name).mkdir()
    (tmp_path / "credentials.json").touch()  # made at a first start before there is a database
    assert not used.is_used(tmp_path)
    (tmp_path / trace).touch()
    assert used.is_used(tmp_path)


def test_who_asks_for_all_data_to_be_dropped_begins_anew(tmp_path):
    used.mark(tmp_path)
    used.unmark(tmp_path)
    assert not used.is_used(tmp_path)


def test_the_key_of_the_roots_comes_back_where_there_is_none_and_no_other_is_replaced(tmp_path):
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert record_key.known(environment) == ""
    assert "is back" in record_key.bring_back(environment, "one")
    assert record_key.known(environment) == "one"
    assert record_key.bring_back(environment, "one") == ""
    assert "has another" in record_key.bring_back(environment, "two")
    assert record_key.known(environment) == "one"


@pytest.mark.parametrize("kind", ["file", "below a file", "read-only", "full"])
def test_a_data_folder_that_cannot_be_used_is_told_in_words(folder, kind):
    data = folder / "data"
    if kind == "read-only":
        data.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", data], check=False).returncode:
            data.chmod(0o500)  # which holds for everybody but root, who can mount
    elif kind == "full":
        data.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", data], check=False).returncode:
            pytest.skip("only who can mount has a disk that is full")
    else:
        data.write_text("words")
    named = data / "below" if kind == "below a file" else data
    try:
        started = subprocess.run(
            [sys.executable, "-m", "config.embedded"],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(named), "PORT": "18999"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        subprocess.run(["umount", "-q", data], check=False)
    assert started.returncode == 1
    assert started.stderr.startswith(f"DATA_DIR is {named}, which cannot be used: ")
    assert "Name a folder that this account may write to" in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full at /srv/portal/children.new: No space left on device.\nMake room, or name"),
        (errno.EIO, "The system did not let us go on at /srv/portal/children.new: Input/output error."),
    ],
)
def test_a_disk_that_becomes_full_while_it_starts_is_told_in_words(monkeypatch, capsys, number, words):
    def fail(_asked):
        raise OSError(number, os.strerror(number), "/srv/portal/children.new")

    monkeypatch.setattr(command_line, "run", fail)
    monkeypatch.setattr(command_line, "arguments", lambda _words: None)
    monkeypatch.setattr(command_line.signal, "signal", lambda *_: None)
    assert command_line.main() == 1
    assert capsys.readouterr().err.startswith(words)
