from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.language.terminology import speak, speaking
from reviews.programme.terminologies import terminology_of


class TerminologyMiddleware:
    """A page speaks in the words of the mechanism that its address names, or of the only one that there is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with speaking(terminology_of("")):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if "mechanism" in kwargs:
            speak(terminology_of(kwargs["mechanism"]))
