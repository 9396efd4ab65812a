"""The web server's own lines, as JSON where LOG_JSON says so."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
APPLICATION = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"four"]
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def lines_of_a_request(folder: Path, path: str, *, log_json: str) -> list[str]:
    """What gunicorn writes on both of its outputs from its start to its end, one request between them."""
    (folder / "four.py").write_text(APPLICATION)
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "gunicorn", "four:application", "--pythonpath", str(folder), "--bind"]
    command += [f"127.0.0.1:{port}", "--access-logfile", "-", "--no-control-socket"]
    command += ["--logger-class", "config.server_logs.SecretlessLogger"]
    with log.open("wb") as out:
        server = subprocess.Popen(command, env=os.environ | {"LOG_JSON": log_json}, stdout=out, stderr=out)
    try:
        ask(port, path)
    finally:
        server.terminate()
        server.wait(30)
    return log.read_text("utf-8").splitlines()


def ask(port: int, path: str) -> None:
    for _time in range(300):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            assert connection.getresponse().read() == b"four"
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    pytest.fail("the server did not answer")


def test_every_line_is_json_and_holds_no_secret(tmp_path: Path) -> None:
    token = secrets.token_urlsafe(32)
    lines = [json.loads(line) for line in lines_of_a_request(tmp_path, f"/calendar/{token}", log_json="true")]
    assert all({"timestamp", "level", "event", "logger"} <= set(line) for line in lines)
    (request,) = [line for line in lines if line["event"] == "request"]
    assert request["request"] == "GET /calendar/… HTTP/1.1"
    assert (request["code"], request["bytes"], request["ip"]) == (200, 4, "127.0.0.1")
    assert token not in json.dumps(lines)


def test_without_it_lines_are_for_people(tmp_path: Path) -> None:
    lines = lines_of_a_request(tmp_path, "/", log_json="false")
    assert any('"GET / HTTP/1.1" 200 4' in line for line in lines)
