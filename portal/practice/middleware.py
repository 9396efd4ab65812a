from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.practice.awake import HEADER, note_visit, sign_of_life
from portal.practice.frame import LEARNER
from portal.practice.selectors import exercise_of

# What is no part of an exercise: ways in of their own, people and addresses of others, and what all could read.
CLOSED = (
    "account_",
    "accounts:",
    "mfa_",
    "calendar-feed",
    "admin:",
    "api:",
    "core:root",
    "lots:",
    "observations:publication",
    "observations:publish",
    "reviews:access",
    "reviews:account-",
    "reviews:calendar-feed",
    "reviews:contributor-",
    "reviews:directory",
    "reviews:member-add",
    "reviews:mission",
    "reviews:nominat",
    "reviews:public-status",
    "reviews:state-",
    "portal:search",
)
_OPEN = ("accounts:sign-out", "accounts:language")


class PracticeMiddleware:
    """In the practice portal: whoever is signed in is of the cast of the session's own exercise, and stays in it.

    The portal itself does without this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PRACTICE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        http_response = self.get_response(request)
        match = request.resolver_match
        if match and match.view_name == "healthz":
            http_response[HEADER] = sign_of_life()
        return http_response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        request.second_factor_due = None  # type: ignore[attr-defined]  # nobody of a cast has an account to secure
        door = HttpResponseRedirect(reverse("portal:practice-door"))
        if name.startswith(CLOSED) and not name.startswith(_OPEN):
            messages.info(request, _("This page is no part of the exercise."))
            return door
        if LEARNER in request.session:
            note_visit()
        if request.user.is_authenticated and not _is_of_cast(request):
            logout(request)  # the exercise was begun anew elsewhere
            return door
        return None


def _is_of_cast(request: HttpRequest) -> bool:
    exercise = exercise_of(request.session.get(LEARNER, {}).get("learner"))
    return exercise is not None and str(request.user.pk) in exercise.cast.values()
