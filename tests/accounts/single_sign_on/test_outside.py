"""What a provider, or a stranger, makes the portal ask over the network: little, not for long, and nothing inside."""

import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from django.test import Client

from accounts.single_sign_on import outside
from accounts.single_sign_on.declarations import VERBS
from accounts.single_sign_on.outside import asking, session
from accounts.single_sign_on.protocol import WrongAnswerError, check_document
from accounts.single_sign_on.views import sign_on as sign_on_views
from core.security_events import SecurityEvent, is_of_security
from tests.accounts.signing import url
from tests.accounts.single_sign_on.provider import Provider, running
from tests.accounts.single_sign_on.signing_on import connect, is_signed_in, person, provider_row, sign_on

ISSUER = "https://login.ministry.example"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as it:
        yield it


@pytest.fixture
def talkative() -> Iterator[str]:
    """An address that says too much at ``/long``, and one byte after the other at ``/slow``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                for _each in range(400):
                    self.wfile.write(b" " * (1 if self.path == "/slow" else 1024))
                    time.sleep(0.05 if self.path == "/slow" else 0)
            except OSError:
                return

        def log_message(self, *args: object) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_answer_is_taken_in_only_so_long_and_so_much(talkative: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with asking(talkative), session() as asks, pytest.raises(requests.RequestException, match="too long"):
        asks.get(f"{talkative}/long")
    monkeypatch.setattr(outside, "_IN_ALL", 0.5)
    began = time.monotonic()
    with asking(talkative), session() as asks:
        heard = asks.get(f"{talkative}/slow").content
        with pytest.raises(requests.RequestException):
            asks.get(f"{talkative}/long")
    assert len(heard) < 100
    assert time.monotonic() - began < 5


def test_a_provider_elsewhere_leads_us_to_nothing_inside(provider: Provider) -> None:
    with asking(ISSUER), session() as asks, pytest.raises(requests.RequestException, match="inside"):
        asks.get(f"{provider.issuer}/keys")
    with asking(provider.issuer), session() as asks:
        assert asks.get(f"{provider.issuer}/keys").status_code == 200
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    document: dict[str, Any] = {"issuer": ISSUER, **{name: f"https://any.example/{name}" for name in names}}
    check_document(document, issuer=ISSUER)
    for name in names:
        for address in ("http://127.0.0.1:6379/", "http://any.example/", "", None, "https://[::1"):
            with pytest.raises(WrongAnswerError):
                check_document({**document, name: address}, issuer=ISSUER)


@pytest.mark.django_db
def test_nothing_is_asked_for_an_answer_that_nobody_waits_for(client: Client, provider: Provider) -> None:
    row, asked = provider_row(provider), []
    true = provider.documents
    provider.documents = lambda: asked.append(1) or true()  # type: ignore[func-returns-value,method-assign]
    back = client.get(url("account_sign_on_callback", row.place), {"state": "guessed", "code": "good"})
    assert (back.status_code, asked) == (403, [])
    for _each in range(2):
        client.get(url("accounts:sign-on", row.pk))
    assert len(asked) == 1, "its document is kept for a while"


@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_and_stays_out_of_the_log(
    client: Client, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    true, secret = provider.token, "an-id-token-of-ana"
    answers: list[Any] = [
        {"access_token": "x", "expires_in": "soon", "id_token": secret},
        {"access_token": "x", "expires_in": 10**400, "id_token": secret},
        ["access_token", secret],
        {"id_token": secret},
        {"access_token": "x", "id_token": 7},
        {"access_token": "x", "id_token": f"{secret}.e.e"},
    ]
    with caplog.at_level(logging.WARNING):
        for answer in answers:
            provider.token = lambda *_given, said=answer: said  # type: ignore[method-assign]
            other = Client()
            assert (sign_on(other, row, provider).status_code, is_signed_in(other, ana)) == (403, False), answer
        provider.token = true  # type: ignore[method-assign]
        for says in ({"sub": "7\x00"}, {"nonce": "\ud800"}, {"exp": float("inf")}, {"iat": None}):
            provider.says = {"email": ana.email, **says}
            other = Client()
            assert (sign_on(other, row, provider).status_code, is_signed_in(other, ana)) == (403, False), says
    assert "single sign-on failed" in caplog.text
    assert secret not in caplog.text


@pytest.mark.django_db
def test_what_is_refused_and_what_is_done_about_providers_are_security_events(
    client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(sign_on_views, "tell", lambda event, **facts: told.append({"event": event, **facts}))
    row = provider_row(provider)
    client.get(url("account_sign_on_callback", row.place), {"state": "guessed", "code": "good"})
    assert told == [{"event": SecurityEvent.SIGN_IN_FAILED, "address": "127.0.0.1", "by": "provider"}]
    assert [verb for verb in VERBS if not is_of_security(verb)] == []


@pytest.mark.django_db
def test_a_moment_that_is_none_is_not_taken_for_a_recent_one(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    for moment in (float("nan"), -(10**400), "now"):
        provider.says["auth_time"] = moment
        assert sign_on(client, row, provider, "sign-on-again").status_code == 403, moment
    provider.says["auth_time"] = 10**400
    assert sign_on(client, row, provider, "sign-on-again").status_code == 302, "at most now"


@pytest.mark.django_db
def test_clocks_may_differ_by_a_minute(client: Client, provider: Provider) -> None:
    row, ana = provider_row(provider), person()
    connect(client, row, provider, ana)
    now = int(time.time())
    for says in ({"iat": now + 20}, {"exp": now - 20}):
        provider.says = {"email": ana.email, **says}
        other = Client()
        sign_on(other, row, provider)
        assert is_signed_in(other, ana), says
