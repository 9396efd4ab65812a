"""How often one person, and one address, may ask in a minute: far more than people do, far less than programs can.

Signing in has a guard of its own (axes). Each class of requests has limits of its own (``RATE_LIMITS`` in the
settings), so that a program that reads lists does not keep its person from saving. A request that is refused counts as
well: what goes on asking stays out, what waits as long as it is told gets in.
"""

import logging
import math
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from redis.exceptions import RedisError

from core.language.i18n import language
from core.security_events import SecurityEvent, tell
from core.web.bearers import token_of

logger = logging.getLogger(__name__)
WINDOW = 60  # seconds
TOO_MANY = 429
_NOTHING = 1e-6  # what fractions of seconds and of requests are rounded by
_TOLD = "api"  # of which class limits are told in headers
_SAFE = {"GET", "HEAD", "OPTIONS"}
_SEARCHES = ("q", "search", "query", "words")  # parameters of pages that search


class RateLimit(NamedTuple):
    """Requests in ``WINDOW`` seconds. An address is shared by a whole ministry, or by missions under one roof."""

    person: int
    address: int


class Count(NamedTuple):
    """What was asked in this window, the present request among it, and in the one before."""

    now: int
    before: int


class RateLimitMiddleware:
    """Stands behind the session and before whatever reads the request's body or asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        for name, value in getattr(request, "rate_told", {}).items():
            answer.headers[name] = value
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        kind = kind_of(request)
        if kind not in settings.RATE_LIMITS:
            return None
        limit, now = RateLimit(*settings.RATE_LIMITS[kind]), time.time()
        asked = [(f"address:{request.META.get('REMOTE_ADDR', '')}", limit.address)]
        if person := _person_of(request):
            asked.append((f"person:{person}", limit.person))
        counts = _count([f"{kind}:{who}" for who, _most in asked], now)
        pauses = [pause(count, most, now) for count, (_who, most) in zip(counts, asked, strict=bool(counts))]
        if kind == _TOLD and counts:
            request.rate_told = _told(kind, counts[-1], asked[-1][1], now)  # type: ignore[attr-defined]
        if not any(pauses):
            return None
        logger.warning("too many requests: %s by %s", kind, ", ".join(who for who, _most in asked))
        tell(SecurityEvent.LIMITED, person=_person_of(request), address=request.META.get("REMOTE_ADDR", ""), kind=kind)
        return _refuse(request, max(pauses))


def kind_of(request: HttpRequest) -> str:
    """The class of a request: what the settings say of its view, or what its method and address say."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if name in settings.RATE_LIMIT_KINDS:
        return str(settings.RATE_LIMIT_KINDS[name])
    if name.startswith("api:"):
        return "api"
    if request.method not in _SAFE:
        return "write"
    if any(request.GET.get(key) for key in _SEARCHES):
        return "search"
    return "read" if settings.SESSION_COOKIE_NAME in request.COOKIES else "public"


def pause(count: Count, most: int, now: float) -> int:
    """Seconds until one more request is in order; 0 when it is already.

    The window slides: of the one before, as much counts as is not yet a window ago, as if it had been asked evenly.
    """
    elapsed = now % WINDOW
    if count.before * (1 - elapsed / WINDOW) + count.now <= most + _NOTHING:
        return 0
    if count.now <= most:  # soon enough of the window before has passed
        return max(1, math.ceil(WINDOW * (1 - (most - count.now) / count.before) - elapsed - _NOTHING))
    # This window becomes the one before, and of that has to pass what is too much and the next request.
    return max(1, math.ceil(WINDOW - elapsed + WINDOW * (1 - (most - 1) / count.now) - _NOTHING))


def _told(kind: str, count: Count, most: int, now: float) -> dict[str, str]:
    """The limit and what is left of it, for programs (draft-ietf-httpapi-ratelimit-headers)."""
    elapsed = now % WINDOW
    left = max(0, int(most - count.before * (1 - elapsed / WINDOW) - count.now + _NOTHING))
    return {
        "RateLimit-Policy": f'"{kind}";q={most};w={WINDOW}',
        "RateLimit": f'"{kind}";r={left};t={math.ceil(WINDOW - elapsed)}',
    }


def _person_of(request: HttpRequest) -> str:
    """The key of who is signed in, from the session that the page needs anyway, or from the access token; empty for
    nobody.
    """
    if token := token_of(request):
        return str(token.user_id)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return str(request.session.get(SESSION_KEY, ""))


def _count(names: list[str], now: float) -> list[Count]:
    """Count the request under each name, in one round trip. Empty where the cache is away: then everybody gets in."""
    window = int(now // WINDOW)
    cache: Any = caches["default"]
    try:
        pipeline = cache._cache.get_client(None, write=True).pipeline(transaction=False)
        for name in names:
            key = cache.make_key(f"rate:{name}:{window}")
            pipeline.incr(key)
            pipeline.expire(key, 2 * WINDOW)
            pipeline.get(cache.make_key(f"rate:{name}:{window - 1}"))
        answers = pipeline.execute()
    except (RedisError, OSError) as error:
        logger.warning("requests are not counted, for the cache is away: %s", error)
        return []
    return [Count(int(answers[place]), int(answers[place + 2] or 0)) for place in range(0, len(answers), 3)]


def _refuse(request: HttpRequest, seconds: int) -> HttpResponse:
    message = ngettext(
        "You have asked for too much in too short a time. Nothing was changed. Try again in %(seconds)d second.",
        "You have asked for too much in too short a time. Nothing was changed. Try again in %(seconds)d seconds.",
        seconds,
    ) % {"seconds": seconds}
    http_response: HttpResponse
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        problem = {"type": "about:blank", "status": TOO_MANY, "title": message, "retry_after": seconds}
        http_response = JsonResponse(problem, status=TOO_MANY, content_type="application/problem+json")
    else:
        is_fragment = request.headers.get("HX-Request") == "true"
        template = "errors/_too_many_requests.html" if is_fragment else "errors/too_many_requests.html"
        context = {"message": message, "page_language": language(get_language() or "en")}
        http_response = HttpResponse(render_to_string(template, context), status=TOO_MANY)
    http_response.headers["Retry-After"] = str(seconds)
    http_response.headers["Cache-Control"] = "no-store"
    return http_response
