from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from core.acting import acting_as


class ActingMiddleware:
    """Tell the database for whom a request is served (``core.acting``).

    What only reads is one transaction, so that it is told once; a write has those of its services, and what is read
    around them is told with each statement.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(request.user), _transaction_for(request):
            return self.get_response(request)


def _transaction_for(request: HttpRequest) -> AbstractContextManager[None]:
    """None for who is nobody, who is told nothing: the page that says that the database is away is one of those."""
    reads = request.method in {"GET", "HEAD"} and request.user.is_authenticated
    return transaction.atomic(savepoint=False) if reads else nullcontext()
