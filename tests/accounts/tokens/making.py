"""What tests of programs share: a token of a person, and a client that bears one."""

from typing import Any

from django.test import Client

from accounts.people.models import User
from accounts.tokens.enums import TokenScope
from accounts.tokens.services import MadeToken, TokenInput, make_token
from tests.accounts.signing import give_app

CIRCUMSTANCES = {"at": "2026-12-01T10:00:00+00:00", "client_address": "192.0.2.1", "user_agent": "Firefox"}
ALL = tuple(scope.value for scope in TokenScope)
READS = (TokenScope.REVIEWS_READ.value, TokenScope.ANSWERS_READ.value)


def token_for(user: User, *scopes: str, days: int = 30, state: Any = None) -> MadeToken:
    if not user.authenticator_set.exists():
        give_app(user)
    given = TokenInput("A program", scopes or ALL, days, state)
    return make_token(actor=user, given=given, circumstances=CIRCUMSTANCES)


def program(secret: str, **more: Any) -> Client:
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}", **more})


def program_of(user: User, *scopes: str, **more: Any) -> Client:
    return program(token_for(user, *scopes, **more).secret)
