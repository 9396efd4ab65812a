from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

_NULL = "\x00"


class PlainRequestMiddleware:
    """Turn away addresses that hold a null byte, which no text of the database can hold and no person types.

    Behind the sign-in, so that the page which says so is the person's own. Forms refuse it by themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if _NULL in request.path_info:
            raise Http404
        if any(_NULL in value for _name, values in request.GET.lists() for value in values):
            raise SuspiciousOperation("a parameter holds a null byte")
