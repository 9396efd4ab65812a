"""Pages for what goes wrong. Each says what happened, what became of the person's text, and the way on."""

import sys
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext as _
from django.views.decorators.csrf import requires_csrf_token

from core.language.i18n import language
from core.policy import PolicyRefusedError
from core.web.away import RETRY_AFTER, is_server_away
from core.web.closed import Closed, closed
from core.web.unsaved_input import unsaved_input_of

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; or 413 where the request was larger than the server takes, so that nothing of it was saved."""
    if isinstance(exception, _TOO_LARGE):
        return render(request, "errors/too_large.html", status=413)
    return render(request, "errors/bad_request.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the policy's reason, and what was typed. Other refusals tell nothing of themselves."""
    reason = exception.decision.reason if isinstance(exception, PolicyRefusedError) else ""
    context = {"reason": reason, "unsaved_input": unsaved_input_of(request)}
    return closed(render(request, "errors/permission_denied.html", context, status=403), Closed.REFUSED)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is not there and for what the person may not know of; it gives back what was typed."""
    context = {"unsaved_input": unsaved_input_of(request)}
    return closed(render(request, "errors/page_not_found.html", context, status=404), Closed.ENDED)


@requires_csrf_token
@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form came without its token, mostly because it stood open over a sign-out. A script is told in JSON."""
    if request.headers.get("Accept") == "application/json":
        facts = {"is_stale": True, "reason": _("This page is out of date.")}
        return closed(JsonResponse(facts, status=403), Closed.STALE)
    context = {"unsaved_input": unsaved_input_of(request)}
    return closed(render(request, "errors/csrf_failure.html", context, status=403), Closed.STALE)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, made without the database, which may be what failed; 503 where that or the queue is away."""
    if is_server_away(sys.exception()):
        return _server_away(request)
    context: dict[str, Any] = {"page_language": language(get_language() or "en")}
    return HttpResponseServerError(render_to_string("errors/server_error.html", context))


def _server_away(request: HttpRequest) -> HttpResponse:
    """503: nothing is wrong with the request, which may come again in a moment."""
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        title = _("The portal is not fully available at the moment. Try again shortly.")
        problem = {"type": "about:blank", "status": 503, "title": title, "retry_after": RETRY_AFTER}
        answer: HttpResponse = JsonResponse(problem, status=503, content_type="application/problem+json")
    else:
        context: dict[str, Any] = {"page_language": language(get_language() or "en")}
        answer = HttpResponse(render_to_string("errors/server_away.html", context), status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer.headers["Cache-Control"] = "no-store"
    return answer
