"""Pages are for people who are signed in; what somebody typed whose session has ended is given back."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from core.web.unsaved_input import unsaved_input_of

FORBIDDEN = 403


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in page, but for a form with words in it: those would be lost on the way there.

    A script is led on in any case: it keeps the words on its own page (static/js/lock-out.js).
    """

    def handle_no_permission(  # type: ignore[override]  # a page, where Django knows of a redirect alone
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        response = super().handle_no_permission(request, view_func)
        is_script = "text/html" not in request.headers.get("Accept", "text/html") or "HX-Request" in request.headers
        unsaved = [] if is_script else unsaved_input_of(request)
        if not unsaved:
            return response
        context = {
            "unsaved_input": unsaved,
            "sign_in_url": getattr(response, "url", redirect_to_login(request.path).url),
        }
        return render(request, "errors/signed_out.html", context, status=FORBIDDEN)
