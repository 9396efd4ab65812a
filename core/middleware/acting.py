from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from core.acting import acting_as, leave_the_door


class ActingMiddleware:
    """Tell the database for whom a request is served (``core.acting``); who is not signed in stays at the door.

    What only reads is one transaction, so that it is told once; a write has those of its services, and what is read
    around them is told with each statement.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        leave_the_door()
        with acting_as(request.user):
            if request.method not in {"GET", "HEAD"}:
                return self.get_response(request)
            with transaction.atomic(savepoint=False):
                return self.get_response(request)
