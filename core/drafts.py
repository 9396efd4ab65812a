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
    key = request.POST.get(FIELD, "")
    if _KEY.match(key):
        _tell(response, key)


def forget(response: HttpResponseBase, person: object) -> None:
    """The person of this key has signed out: nothing of hers stays in the browser."""
    _tell(response, f"person:{person}")


def _tell(response: HttpResponseBase, name: str) -> None:
    response.set_cookie(
        settings.DRAFTS_COOKIE_NAME, name, max_age=KEPT_FOR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
