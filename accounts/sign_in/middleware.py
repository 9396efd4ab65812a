from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.sessions import is_due_by_role, note_factors, second_factor_due_in
from core.web.closed import Closed, closed
from core.web.htmx import lead_to

# What is open to who has to set up a second factor: to do so, to prove who one is for it, and to leave.
SET_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "accounts:sign-on-again",
        "accounts:sign-on-connect",
        "accounts:sign-out",
    }
)


class SecondFactorMiddleware:
    """Everybody needs a second factor: for some days a note on every page says so, then only its own page opens.

    ``request.second_factor_due`` is until when the person may go on without one; None where there is one. Focal points
    and the secretariat have rules of their own, by which they begin with it (``is_due_by_role``).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        due = second_factor_due_in(request) if request.user.is_authenticated else None
        if due is not None and due <= timezone.now():
            note_factors(request)  # it may have been set up in another browser meanwhile
            due = second_factor_due_in(request)
        request.second_factor_due = due  # type: ignore[attr-defined]
        request.second_factor_is_due_by_role = is_due_by_role(request)  # type: ignore[attr-defined]
        request.second_factor_is_due = due is not None and due <= timezone.now()  # type: ignore[attr-defined]
        if not request.second_factor_is_due or _is_open(request, view):  # type: ignore[attr-defined]
            return None
        return _refuse(request)


def _is_open(request: HttpRequest, view: Any) -> bool:
    """Whether a page is one of the set-up, or public. The API asks by itself who calls, and is not public for that."""
    match = request.resolver_match
    is_public = not getattr(view, "login_required", True) and not _is_api(request)
    return is_public or (match is not None and match.view_name in SET_UP)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _refuse(request: HttpRequest) -> HttpResponse:
    """To the page that sets one up; a program is told so as problem details (RFC 9457)."""
    if _is_api(request) or not request.accepts("text/html"):
        words = _("Set up a second factor first.")
        problem = {"type": "about:blank", "status": 403, "title": words, "reason": words}
        return closed(JsonResponse(problem, status=403, content_type="application/problem+json"), Closed.REFUSED)
    return lead_to(request, reverse("mfa_index"))
