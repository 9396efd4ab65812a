"""Who calls the API: a person's own program with an access token, or a page of the person's own browser."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.web.bearers import REFUSED

_REALM = 'Bearer realm="api"'


class BearerAuthentication(BaseAuthentication):
    """Takes the person whom the middleware of tokens has found, since the database has been told for whom it answers.

    ``request.auth`` is the token: its ``scopes``, and ``state_party_id`` where it is for one State alone.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        found = getattr(request._request, "api_token", None)
        if found is None:
            return None
        if found is REFUSED:
            raise AuthenticationFailed(_("This access token is wrong, has run out or was ended."))
        return request._request.user, found

    def authenticate_header(self, request: Request) -> str:
        """RFC 6750: the way in, and what is wrong with the token that came."""
        is_refused = getattr(request._request, "api_token", None) is REFUSED
        return f'{_REALM}, error="invalid_token"' if is_refused else _REALM


class BearerScheme(OpenApiAuthenticationExtension):
    """What the document of the API says of it."""

    target_class = BearerAuthentication
    name = "accessToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        words = "An access token, made on *Sign-in and security*; it begins with `crp_`."
        return {"type": "http", "scheme": "bearer", "description": words}
