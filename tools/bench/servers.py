"""Gunicorn as ``make run`` starts it, on a free port, and the cookies of a person signed in."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.people.models import User
from accounts.terms.selectors import accepted_terms_number
from core.web.sessions import SessionStore
from tools.bench.pages import BACKEND

PROCESSES, THREADS = 2, 8


@contextlib.contextmanager
def serving(settings_module: str, *, threads: int = THREADS) -> Iterator[int]:
    """Serve with two processes; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(PROCESSES), "--worker-class", "gthread", "--threads", str(threads),
        "--log-level", "error", "--keep-alive", "60", "--timeout", "120", "--preload",
    ]  # fmt: skip
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings_module, "DATABASE_ROLE": "app"}
    process = subprocess.Popen(command, env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz/")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait(address: str) -> None:
    for _attempt in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(address):  # noqa: S310 - our own server
            return
        time.sleep(0.1)
    raise TimeoutError(address)


def cookies_of(user: User) -> dict[str, str]:
    """Sign a person in without the form: a session as Django's login makes it, and a token."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["terms_accepted"] = accepted_terms_number(user)  # as after the first page
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key), "csrftoken": secrets.token_hex(16)}
