from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from accounts.sessions import services as sessions
from core.web.htmx import lead_to, page_in_sight

# A piece of a page that fetches itself says so in this header: it does not keep a session alive.
BACKGROUND = "X-Background"


class SessionLimitsMiddleware:
    """End a session that is over by the rules, and say so on the sign-in page, which leads back to the page.

    So that it counts as work, somebody has to open a page or to type; pieces of a page that fetch themselves do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            return self.get_response(request)
        has_ended = False
        if not request.user.is_authenticated:
            has_ended = request.session.session_key is None  # ended elsewhere, or forgotten by the server
        elif sessions.is_over(request):
            logout(request)
            has_ended = True
        elif BACKGROUND not in request.headers:
            sessions.keep_on(request)
        http_response = self.get_response(request)
        if has_ended and _leads_to_sign_in(http_response):
            messages.info(request, _said())
            return lead_to(request, redirect_to_login(page_in_sight(request)).url)
        return http_response


def _said() -> str:
    if settings.PRACTICE:  # where nobody signs in
        return _("Your session has ended. Come over from the portal again to go on with your exercise.")
    return _("Your session has ended. Sign in again to go on where you were.")


def _leads_to_sign_in(http_response: HttpResponse) -> bool:
    return http_response.headers.get("Location", "").partition("?")[0] == resolve_url(settings.LOGIN_URL)
