"""Pages are for people who are signed in; what somebody typed whose session has ended is given back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.web.htmx import page_in_sight
from core.web.unsaved_input import unsaved_input_of

FORBIDDEN = 403
_ASKS_ONLY = frozenset({"GET", "HEAD", "OPTIONS"})


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in page, but for a form with words in it: those would be lost on the way there.

    A script is led on in any case: it keeps the words on its own page (static/js/lock-out.js). The way back leads to
    the page that a form stood on: the form's own address may be no page.
    """

    def handle_no_permission(  # type: ignore[override]  # a page, where Django knows of a redirect alone
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.method in _ASKS_ONLY:
            return super().handle_no_permission(request, view_func)
        back = page_in_sight(request)
        response = redirect_to_login(back)
        if "text/html" not in request.headers.get("Accept", "text/html") or "HX-Request" in request.headers:
            return response
        if unsaved := unsaved_input_of(request):
            context = {"unsaved_input": unsaved, "sign_in_url": response.url}
            return render(request, "errors/signed_out.html", context, status=FORBIDDEN)
        # In a cookie: a session for everybody who comes without one would be a store that strangers fill. Once, as long
        # as it is not read: what a cookie does not hold would go into a session.
        if CookieStorage.cookie_name not in request.COOKIES:
            words = _("You were signed out before you pressed the button, so that nothing was done. Press it again.")
            messages.warning(request, words)
        return response
