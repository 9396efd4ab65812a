from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from core.database.identity import identified_as, identified_as_nobody, leave_the_door


class DatabaseIdentityMiddleware:
    """Tell the database for whom a request is served (``core.database.identity``).

    Who is not signed in stays at the door where somebody is let in, and is nobody on every other page, so that a public
    page reads no account and no session (docs/adr/0033). What only reads for a person is one transaction, so that it is
    told once; a write has those of its services, and what is read around them is told with each statement.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_known = request.user.is_authenticated
        if not is_known and _lets_in(request):
            return self.get_response(request)
        leave_the_door()
        if not is_known:
            with identified_as_nobody():
                return self.get_response(request)
        with identified_as(request.user):
            if request.method not in {"GET", "HEAD"}:
                return self.get_response(request)
            with transaction.atomic(savepoint=False):
                return self.get_response(request)


def _lets_in(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name.startswith(settings.VIEWS_AT_THE_DOOR)
    except Resolver404:
        return False
