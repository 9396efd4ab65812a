"""Counts how requests are answered, and gives the figures to who has the token; stands outside of everything else."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from core import measures
from core.security_events import SecurityEvent
from core.watch import exposition, traces

PATH = "/metrics"


class MeasuringMiddleware:
    """Costs nothing where no token is set: then it is not there.

    It answers by itself, before hosts, sessions and limits are looked at: who watches asks each container by its
    address, also while Valkey is away. Who has no token is passed on, and told what all are told of an address that
    is none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        measures.begin(SecurityEvent)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        if request.path_info == PATH and _has_token(request):
            answer = _figures(request)
        else:
            answer = self.get_response(request)
        measures.note(request, answer, time.perf_counter() - begun)
        return answer


def _has_token(request: HttpRequest) -> bool:
    scheme, _space, words = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and constant_time_compare(words.strip(), settings.METRICS_TOKEN)


def _figures(request: HttpRequest) -> HttpResponse:
    content, content_type = exposition.figures(request.headers.get("Accept", ""))
    return HttpResponse(content, headers={"Content-Type": content_type, "Cache-Control": "no-store"})


class TracingMiddleware:
    """A span around each request, where traces go anywhere (``core.watch.traces``); otherwise it is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.TRACES_ENDPOINT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with traces.request_traced(request) as answers:
            answers.append(self.get_response(request))
        return answers[0]  # type: ignore[return-value]
