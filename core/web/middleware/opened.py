from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.mail.messages import MAIL_PARAMETER, note_opened


class OpenedByMailMiddleware:
    """Note once that somebody who is signed in came by the button of a mail; nothing in the mail itself tells on him.

    Whoever signs in on the way comes back to the same address, and is noted then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        signed = request.GET.get(MAIL_PARAMETER)
        if signed and user.is_authenticated:
            note_opened(user, signed)
        return self.get_response(request)
