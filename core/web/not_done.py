"""Somebody pressed a button after the session had ended: that nothing was done is said before and after signing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

_KEY = "not_done_on"


def say(request: HttpRequest, page: str) -> None:
    """On the page that is shown next, and once more on ``page``, which the sign-in leads back to."""
    request.session[_KEY] = page
    messages.warning(request, _words())


def say_again(request: HttpRequest, response: HttpResponse) -> None:
    """After the sign-in, where it has led back to that page: somebody else goes another way."""
    page = request.session.pop(_KEY, None)
    if page is not None and page == response.headers.get("Location"):
        messages.warning(request, _words())


def _words() -> str:
    return _("You were signed out before you pressed the button, so that nothing was done. Press it again.")
