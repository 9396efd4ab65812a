"""Light or dark pages: as the device says, or as a person has chosen for this browser.

A cookie, and no column: a telephone at night and a screen in an office are two things. The server writes the choice
on ``<html>``, so that no page is shown in the other colours first.
"""

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _, pgettext_lazy

_KEPT_FOR = 365 * 24 * 60 * 60  # seconds


class Appearance(models.TextChoices):
    DEVICE = "", _("As the device says")
    LIGHT = "light", pgettext_lazy("colours of pages", "Light")
    DARK = "dark", pgettext_lazy("colours of pages", "Dark")


def appearance_of(request: HttpRequest) -> Appearance:
    """What was chosen on this browser; a cookie that says anything else says nothing."""
    chosen = request.COOKIES.get(settings.APPEARANCE_COOKIE_NAME, "")
    return Appearance(chosen) if chosen in Appearance.values else Appearance.DEVICE


def remember_appearance(http_response: HttpResponseBase, appearance: str) -> None:
    """Let the pages be so from now on, also after the next sign-in on this browser."""
    http_response.set_cookie(
        settings.APPEARANCE_COOKIE_NAME,
        appearance,
        max_age=_KEPT_FOR if appearance else 0,  # what the device says needs no cookie
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
