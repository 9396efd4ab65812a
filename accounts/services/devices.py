"""Devices that a person has signed in from: a new one is told by mail."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from core import notifications

COOKIE = "known-device"
_SALT = "accounts.devices"
_FOR = timedelta(days=365)
_MOST = 12  # people who share one browser; the latest are kept


def note_first_sign_in(request: HttpRequest, user: User) -> None:
    """Keep, before Django notes this sign-in, whether there was one before."""
    request.is_first_sign_in = user.last_login is None  # type: ignore[attr-defined]


def greet(request: HttpRequest, http_response: HttpResponse, user: User) -> None:
    """Tell the person by mail of a sign-in from a new device, the very first sign-in excepted; know it from now on."""
    known, mark = _known(request), _mark(user)
    is_known = any(constant_time_compare(each, mark) for each in known)
    if not is_known and not getattr(request, "is_first_sign_in", False):
        notifications.queue(user, "accounts/new_device", circumstances(request), key=f"new-device:{uuid.uuid4()}")
    marks = [each for each in known if each != mark][-(_MOST - 1) :]
    http_response.set_cookie(
        COOKIE,
        signing.dumps([*marks, mark], salt=_SALT),
        max_age=_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def circumstances(request: HttpRequest) -> dict[str, Any]:
    """When, from which address and with what: for a mail on an act that concerns the safety of an account."""
    return {
        "at": timezone.now().isoformat(),
        "address": request.META.get("REMOTE_ADDR", ""),
        "user_agent": request.headers.get("User-Agent", "")[:200],
    }


def _known(request: HttpRequest) -> list[str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_FOR)
    except signing.BadSignature:
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _mark(user: User) -> str:
    """Names a person to the portal alone: the cookie tells nobody who has used the browser."""
    return salted_hmac(_SALT, str(user.pk), algorithm="sha256").hexdigest()[:32]
