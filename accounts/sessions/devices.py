"""Devices that a person has signed in from: a new one is told by mail; strangers' wrong tries shut out none of them."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.people.models import User
from core.mail import notifications

COOKIE = "known-device"
_SALT = "accounts.devices"  # of cookies that are out: it stays what it was
_FOR = timedelta(days=365)
_MOST = 12  # people who share one browser; the latest are kept
_BY_MAIL = "mail-"  # before the mark of who set a passphrase here by a link, and has not signed in here yet


def note_first_sign_in(request: HttpRequest, user: User) -> None:
    """Keep, before Django notes this sign-in, whether there was one before."""
    request.is_first_sign_in = user.last_login is None  # type: ignore[attr-defined]


def greet(request: HttpRequest, http_response: HttpResponse, user: User) -> None:
    """Tell the person by mail of a sign-in from a new device, the very first sign-in excepted; know it from now on."""
    is_known = _holds(request, {_mark(user)})
    if not is_known and not getattr(request, "is_first_sign_in", False):
        notifications.queue(user, "accounts/new_device", circumstances(request), key=f"new-device:{uuid.uuid4()}")
    _remember(request, http_response, user, _mark(user))


def trust_after_link(request: HttpRequest, http_response: HttpResponse, user: User) -> None:
    """Count tries from here apart from those of strangers, for who has set a passphrase here by a link by mail.

    The first sign-in from here is told by mail all the same.
    """
    if not _holds(request, {_mark(user)}):
        _remember(request, http_response, user, _BY_MAIL + _mark(user))


def counting_name(request: HttpRequest, name: str) -> str:
    """Under which name wrong passphrases for the account ``name`` are counted: devices that it knows have their own.

    So tries of strangers, however many, do not shut out a person at his or her own device; and both are limited.
    """
    if COOKIE not in request.COOKIES:
        return name
    counted: dict[str, str] = request.__dict__.setdefault("_counting_names", {})
    if name not in counted:
        user = User.objects.filter(email__iexact=name).only("pk").first()
        is_trusted = user is not None and _holds(request, {_mark(user), _BY_MAIL + _mark(user)})
        counted[name] = f"{name} (known device)" if is_trusted else name
    return counted[name]


def counting_name_for_axes(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The same for django-axes, which counts a name and an address together (``AXES_USERNAME_CALLABLE``)."""
    given = credentials if credentials is not None else request.POST
    return counting_name(request, str(given.get("username") or "").lower())


def circumstances(request: HttpRequest) -> dict[str, Any]:
    """When, from which address and with what: for a mail on an act that concerns the safety of an account."""
    return {
        "at": timezone.now().isoformat(),
        "client_address": request.META.get("REMOTE_ADDR", ""),
        "user_agent": request.headers.get("User-Agent", "")[:200],
    }


def _remember(request: HttpRequest, http_response: HttpResponse, user: User, mark: str) -> None:
    of_this_person = {_mark(user), _BY_MAIL + _mark(user)}
    others = [each for each in _known(request) if each not in of_this_person][-(_MOST - 1) :]
    http_response.set_cookie(
        COOKIE,
        signing.dumps([*others, mark], salt=_SALT),
        max_age=_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _holds(request: HttpRequest, marks: set[str]) -> bool:
    return any(constant_time_compare(each, mark) for each in _known(request) for mark in marks)


def _known(request: HttpRequest) -> list[str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_FOR)
    except signing.BadSignature:
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _mark(user: User) -> str:
    """Names a person to the portal alone: the cookie tells nobody who has used the browser."""
    return salted_hmac(_SALT, str(user.pk), algorithm="sha256").hexdigest()[:32]
