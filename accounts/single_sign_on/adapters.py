"""What allauth asks the project about providers: nothing is kept in its own tables, and no account is ever made."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from accounts.single_sign_on.outside import session


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Talks to providers as ``outside`` does, and leads whatever goes wrong to a page of ours."""

    def get_requests_session(self) -> Any:
        return session()

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
