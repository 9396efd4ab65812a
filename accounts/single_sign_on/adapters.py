"""What allauth asks the project about providers: nothing is kept in its own tables, and no account is ever made."""

import functools
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

_SECONDS = 8


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Talks to providers without following redirects, and leads whatever goes wrong to a page of ours."""

    def get_requests_session(self) -> Any:
        session = super().get_requests_session()
        session.request = functools.partial(type(session).request, session, timeout=_SECONDS)
        session.max_redirects = 0
        return session

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        raise ImmediateHttpResponse(provider.failed(error, exception))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
