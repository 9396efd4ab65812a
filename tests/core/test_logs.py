"""Logs hold no secret of a link by mail, and not what somebody looks for."""

import secrets
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import kombu.exceptions
import pytest
import redis.exceptions

from accounts.invitations.links import LinkKind, make_link_token
from accounts.people.models import User
from accounts.tokens.secrets import new_secret
from config.logs import take_out_secrets, without_content, without_query, without_secrets

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("kind", "page"), [(LinkKind.ACTIVATION, "activate"), (LinkKind.PASSWORD, "set-password")])
def test_the_secret_of_a_link_is_taken_out_of_a_line(kind: LinkKind, page: str) -> None:
    token = make_link_token(kind, User())
    line = f'"GET /en/{page}/{token}/ HTTP/1.1" 302'
    assert without_secrets(line) == f'"GET /en/{page}/…/ HTTP/1.1" 302'
    event = {"request": f"GET /en/{page}/{token}/", "code": 302}
    assert take_out_secrets(None, "info", event) == {"request": f"GET /en/{page}/…/", "code": 302}


def test_the_secret_of_a_calendar_is_taken_out_of_a_line() -> None:
    token = secrets.token_urlsafe(32)
    assert without_secrets(f'"GET /calendar/{token}.ics HTTP/1.1" 200') == '"GET /calendar/… HTTP/1.1" 200'


@pytest.mark.parametrize("line", ["GET /en/activate/renew/", "GET /en/set-password/", "GET /en/untoc/reviews/1-XVE/"])
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert without_secrets(line) == line


def test_what_somebody_looks_for_is_taken_out_of_a_line() -> None:
    line = '"GET /en/search/?q=Ana+Ruiz HTTP/1.1" 200'
    assert without_secrets(line) == '"GET /en/search/?q=… HTTP/1.1" 200'
    assert without_secrets("GET /en/directory/?group=asia&q=Ana&page=2") == "GET /en/directory/?group=asia&q=…&page=2"


def test_an_access_token_is_taken_out_of_a_line() -> None:
    secret = new_secret().words
    assert without_secrets(f"GET /api/v1/me/?token={secret} failed") == "GET /api/v1/me/?token=… failed"
    assert without_secrets(f"{secret} was pasted") == "crp_… was pasted"


def test_an_address_tells_nothing_of_what_was_typed_however_it_is_written() -> None:
    for sent, told in (
        ("Ana+Ruiz", "…"),
        ("q=it's+Ana", "q=…"),
        (f"{'Ana' * 20}=1", "…"),
        ("q=a?b=Ana", "q=…"),
        ("page=2&Ana&view=map", "page=2&…&view=map"),
        ("view=it's+Ana", "view=…"),
        ("", "…"),
    ):
        for line in ("GET /en/search/?{} HTTP/1.1", "GET /en/search/?{}"):
            assert without_query(line.format(sent)) == line.format(told)
        event = {"request": f"GET /?{sent}", "referer": f"https://portal.example/?{sent}"}
        assert take_out_secrets(None, "info", event) == {
            "request": f"GET /?{told}",
            "referer": f"https://portal.example/?{told}",
        }
    assert without_query("GET /en/ HTTP/1.1") == "GET /en/ HTTP/1.1"


def test_words_of_an_error_are_told_where_they_are_of_a_machine() -> None:
    told = {
        redis.exceptions.ConnectionError("Error 111"): True,
        redis.exceptions.TimeoutError("Timeout"): True,
        kombu.exceptions.OperationalError("Error 111"): True,
        ConnectionRefusedError("Errno 111"): True,
        SMTPRecipientsRefused({"ana@xal.example": (550, b"no such person")}): False,
        SMTPResponseException(452, "ana@xal.example is full"): False,
        ValueError("Ana"): False,
    }
    assert {error: str(error) in without_content(error) for error in told} == told
