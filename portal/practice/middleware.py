from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.practice.awake import HEADER, note_visit, sign_of_life
from portal.practice.frame import LEARNER, leave_cast
from portal.practice.selectors import exercise_of

# What an exercise needs; all else is closed, what is added to the portal too, until somebody opens it here. Ways in of
# their own, people and addresses of others, and what all could read are no part of one.
OPEN = frozenset(
    {
        *("favicon", "healthz", "institution-logo", "institution-style", "readyz", "robots"),
        *("accounts:sign-out", "core:job-detail", "core:job-download"),
        *(
            f"portal:{each}"
            for each in (
                "dashboard",
                "desk",
                "desk-section",
                "desk-together",
                "dossier",
                "exchange-document",
                "handover",
                "review-detail",
            )
        ),
        *(
            f"portal:practice-door{each}"
            for each in ("", "-act", "-begin", "-enter", "-leave", "-mails", "-others", "-reset")
        ),
        *(f"questionnaires:answer-{each}" for each in ("history", "save")),
        *(f"questionnaires:questionnaire-{each}" for each in ("detail", "list")),
        *(f"questionnaires:response-{each}" for each in ("clear", "detail", "document", "missing", "return", "submit")),
        *(f"questionnaires:section-{each}" for each in ("assign", "changes", "detail", "together")),
        *(f"questionnaires:submission-{each}" for each in ("detail", "document", "part")),
        *(f"reviews:consultation{each}" for each in ("", "-confirm", "-propose")),
        *(f"reviews:concern-{each}" for each in ("close", "detail", "list", "open", "settle")),
        *(f"reviews:record{each}" for each in ("", "-download", "-verifier")),
        *(f"reviews:review-{each}" for each in ("calendar", "home", "list")),
        *("reviews:dates", "reviews:participant-list", "reviews:rooms"),
        *("reviews:notes", *(f"reviews:notes-{each}" for each in ("answer", "change", "discard", "lay", "write"))),
        *(f"reviews:poll-{each}" for each in ("answer", "change", "pick", "propose", "withdraw")),
        *(f"reviews:meeting-{each}" for each in ("add", "answer", "calendar", "cancel", "change", "invite")),
        *(
            f"dialogue:{each}"
            for each in ("dialogue", "dialogue-conclude", "legal-system-ask", "preparation", "section-take", "split")
        ),
        *(f"dialogue:aside{each}" for each in ("", "-list", "-matter", "-resolve")),
        *(f"dialogue:message-{each}" for each in ("discard", "edit", "recall", "release")),
        *(f"dialogue:thread{each}" for each in ("", "-begin", "-close", "-list", "-release", "-reopen", "-reply")),
        *(f"dialogue:{place}-{act}" for place in ("article", "question") for act in ("comment", "mark", "note")),
        *(f"dialogue:feedback-{each}" for each in ("clear", "detail", "list", "take-back")),
        *(
            f"dialogue:clarification-{each}"
            for each in ("answer", "answer-send", "ask", "close", "discard", "edit", "list", "send")
        ),
        *(f"dialogue:supplement-{each}" for each in ("add", "discard", "edit", "file", "offer", "send", "volunteer")),
        *(
            f"observations:observation-{each}"
            for each in (
                "add",
                "copy",
                "discuss",
                "edit",
                "history",
                "list",
                "order",
                "table",
                "table-several",
                "withdraw",
            )
        ),
        "observations:naming",
        *(f"observations:passage-{each}" for each in ("arrange", "discard", "draft", "edit", "history", "lay")),
        *(f"observations:objection-{each}" for each in ("reply", "resolve", "withdraw")),
        *(f"observations:suggestion-{each}" for each in ("accept", "add", "edit", "lay", "list", "reject", "withdraw")),
        *(f"observations:suggestion-{each}" for each in ("note", "note-resolve", "notes", "reply", "reply-resolve")),
        *(
            f"observations:text-{each}"
            for each in ("clear", "detail", "document", "list", "object", "propose", "take-back")
        ),
        *(f"observations:text-{each}-resolving" for each in ("clear", "propose")),
    }
)


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
        if name not in OPEN:
            if not _is_by_itself(request):
                messages.info(request, _("This page is no part of the exercise."))
            return door
        if LEARNER in request.session and not _is_by_itself(request):
            note_visit()
        if request.user.is_authenticated and not _is_of_cast(request):
            leave_cast(request)
            messages.info(request, _("You have begun this exercise anew elsewhere. Go on with the new one here."))
            return door
        return None


def _is_by_itself(request: HttpRequest) -> bool:
    """A page that is open asks now and then what has changed: nobody reads the answer, and nobody may be there."""
    return request.method in {"GET", "HEAD"} and request.headers.get("Sec-Fetch-Dest") == "empty"


def _is_of_cast(request: HttpRequest) -> bool:
    exercise = exercise_of(request.session.get(LEARNER, {}).get("learner"))
    return exercise is not None and str(request.user.pk) in exercise.cast.values()
