"""Logs hold no secret of a link by mail, and not what somebody looks for."""

import secrets

import pytest

from accounts.invitations.links import LinkKind, make_link_token
from accounts.people.models import User
from accounts.tokens.secrets import new_secret
from config.logs import take_out_secrets, without_secrets

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
