from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.database.identity import at_the_door


class DoorMiddleware:
    """Until it is known for whom a request is served, and where nobody is signed in, the portal stands at its own door.

    So it looks for the session, the account and its factors as the role of the door, which nobody may who only runs
    statements (docs/adr/0033). The rooms stay closed to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with at_the_door():
            return self.get_response(request)
