from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from accounts.tokens.selectors import token_behind
from accounts.tokens.services import note_use
from core import audit
from core.web.bearers import REFUSED, bearer_of


class NoSession(SessionBase):
    """What a program has in place of a session: nothing of it is there for the next request, and no cookie is set."""

    modified = property(lambda self: False, lambda self, value: None)

    def load(self) -> dict[str, Any]:
        return {}

    def exists(self, session_key: str) -> bool:
        return False

    def create(self) -> None:
        """Nothing is kept."""

    def save(self, must_create: bool = False) -> None:
        """Nothing is kept."""

    def delete(self, session_key: str | None = None) -> None:
        """Nothing was kept."""


class TokenMiddleware:
    """Make of an access token in the header whom the request is served for, before the database is told.

    Stands directly behind Django's own for sessions, at the door. From there on all is as in that person's session:
    the same identity, capacity and policy. Whoever sends a token is nobody but its person: a cookie beside it is not
    looked at, and with a token that opens nothing the request is nobody's; the API answers 401
    (``core.api.authentication``). Pages do not look at the header. The record of acts says of what a program does from
    where it came and with which token: the last letters, which its person sees beside it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        words = bearer_of(request)
        if words is not None:
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            request.session = NoSession()
            token = token_behind(words)
            request.api_token = token or REFUSED  # type: ignore[attr-defined]
            request.user = token.user if token else AnonymousUser()
            if token:
                note_use(token)
                with audit.from_address(f"{request.META.get('REMOTE_ADDR', '')} {token}"):
                    return self.get_response(request)
        return self.get_response(request)
