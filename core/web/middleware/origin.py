from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core import audit


class OriginMiddleware:
    """Tell the record of acts from which address a request came; stands after ``ClientAddressMiddleware``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with audit.from_address(request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)
