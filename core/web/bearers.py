"""Access tokens in the header of a request, by which programs use the API; pages do not look at it."""

from typing import Any, Final

from django.http import HttpRequest

REFUSED: Final = object()  # what a request bears whose token opens nothing
_ROOT = "/api/"


def bearer_of(request: HttpRequest) -> str | None:
    """The secret that a request to the API bears; None where it bears none, and on every page."""
    if not request.path_info.startswith(_ROOT):
        return None
    scheme, _space, words = request.headers.get("Authorization", "").partition(" ")
    return words.strip() if scheme.lower() == "bearer" else None


def token_of(request: HttpRequest) -> Any:
    """The token with which the request came, as a middleware has found it; None for a person's browser."""
    token = getattr(request, "api_token", None)
    return None if token is REFUSED else token
