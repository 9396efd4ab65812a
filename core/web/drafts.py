"""Tells the browser which of the texts that it keeps the server has by now (static/js/draft-keeper.js).

By a cookie, because a script reads nothing else of the answer to a form. It holds random names only.
"""

import re

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

FIELD = "draft_key"
KEPT_FOR = 24 * 60 * 60  # seconds: until the browser's next page, which forgets it
_KEY = re.compile(r"[0-9a-f-]{36}\Z")


def confirm(request: HttpRequest, response: HttpResponseBase) -> None:
    """The text that was posted has been taken: the browser need not keep it."""
    if key := key_of(request):
        _tell(response, key)


def key_of(request: HttpRequest) -> str:
    """The name that the browser gave to the text of a form; empty where it gave none."""
    key = request.POST.get(FIELD, "")
    return key if _KEY.match(key) else ""


def forget(response: HttpResponseBase, person: object) -> None:
    """The person of this key has signed out: nothing of hers stays in the browser."""
    _tell(response, f"person-{person}")


def _tell(response: HttpResponseBase, name: str) -> None:
    """A cookie for each name: two pages that are answered at once do not overwrite one another's."""
    response.set_cookie(
        f"{settings.DRAFTS_COOKIE_NAME}_{name}",
        "1",
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
