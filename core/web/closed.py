"""Tells the scripts of our pages that a page is not open to the person any more (static/js/closed.js).

By a header, because a status says nothing of who answered: a gateway or a page of maintenance sends 401, 403 and 404 as
well, with whatever JSON, and a page must not lock for that.
"""

from enum import StrEnum
from typing import TypeVar

from django.http.response import HttpResponseBase

HEADER = "X-Closed"
Answer = TypeVar("Answer", bound=HttpResponseBase)


class Closed(StrEnum):
    """Why; ``STALE``: somebody has signed out meanwhile, or in as another person."""

    REFUSED = "refused"
    ENDED = "ended"
    STALE = "stale"
    SIGNED_OUT = "signed-out"


def closed(answer: Answer, why: Closed) -> Answer:
    """Put our mark on an answer."""
    answer.headers[HEADER] = why.value  # a server takes no subclass of str
    return answer
