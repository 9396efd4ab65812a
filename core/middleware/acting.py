from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.acting import acting_as


class ActingMiddleware:
    """Tell the database for whom a request is served (``core.acting``); one statement before, one after the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(request.user):
            return self.get_response(request)
