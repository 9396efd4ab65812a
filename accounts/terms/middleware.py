from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.terms.selectors import accepted_terms_number, newest_terms_number
from core.web.closed import Closed, closed

_SESSION_KEY = "terms_accepted"
# Signing in and out, one's own profile, the terms themselves: without them nobody could accept.
_OPEN_MODULES = ("accounts.", "allauth.")
_ASKS_ONLY = frozenset({"GET", "HEAD", "OPTIONS"})


class TermsMiddleware:
    """Nobody opens a page of the portal before having accepted the terms of confidentiality that are valid today.

    The session remembers the number accepted, and the cache the newest one, so that an ordinary page asks the database
    nothing. Public pages and those of one's own account are open. When later terms become valid while a person is
    writing, what is being sent is still taken (it is that person's own text); the next page asks. The API refuses,
    whatever is asked of it.

    The practice portal does without: nothing there is confidential, and nobody of a cast could read or accept them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.PRACTICE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_api = request.path.startswith(_api_root())
        is_public = not getattr(view, "login_required", True) and not is_api  # the framework of the API lets all in
        if is_public or (_module_of(view).startswith(_OPEN_MODULES) and not is_api):
            return None
        user: Any = request.user
        newest = newest_terms_number() if user.is_authenticated else 0
        accepted = request.session.get(_SESSION_KEY, 0)
        if accepted >= newest:
            return None
        accepted = accepted_terms_number(user)
        if accepted:
            request.session[_SESSION_KEY] = accepted
        if accepted >= newest or (accepted and not is_api and request.method not in _ASKS_ONLY):
            return None
        return _refusal() if is_api or _wants_json(request) else _to_terms(request)


def _api_root() -> str:
    return reverse("api:schema").removesuffix("schema/")


def _module_of(view: Any) -> str:
    return str(getattr(view, "view_class", view).__module__)


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _refusal() -> JsonResponse:
    """As problem details (RFC 9457); ``reason`` is what the scripts of our pages show."""
    words = _("Accept the terms of confidentiality on the portal's pages first.")
    problem = {"status": HTTPStatus.FORBIDDEN, "type": "about:blank", "title": words, "reason": words}
    answer = JsonResponse(problem, status=HTTPStatus.FORBIDDEN, content_type="application/problem+json")
    return closed(answer, Closed.REFUSED)


def _to_terms(request: HttpRequest) -> HttpResponse:
    back = {"next": request.get_full_path()} if request.method in _ASKS_ONLY else {}
    address = f"{reverse('accounts:terms')}?{urlencode(back)}" if back else reverse("accounts:terms")
    if request.headers.get("HX-Request"):  # a fragment would swallow the page
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": reverse("accounts:terms")})
    return HttpResponseRedirect(address)
