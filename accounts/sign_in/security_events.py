"""What happens at the door, for the stream of security events. What somebody typed in vain is not told."""

from typing import Any

from allauth.mfa.signals import authentication_failed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from core.security_events import SecurityEvent, tell


def listen() -> None:
    """Called once, when the apps are ready."""
    for signal, receiver in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _failed),
        (user_locked_out, _locked_out),
        (authentication_failed, _wrong_code),
    ):
        signal.connect(receiver, dispatch_uid=f"accounts.security_events.{receiver.__name__}")


def _address(request: HttpRequest | None) -> str:
    return request.META.get("REMOTE_ADDR", "") if request else ""


def _signed_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    tell(SecurityEvent.SIGNED_IN, person=user.pk, address=_address(request))


def _signed_out(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        tell(SecurityEvent.SIGNED_OUT, person=user.pk, address=_address(request))


def _failed(request: HttpRequest | None = None, **kwargs: Any) -> None:
    tell(SecurityEvent.SIGN_IN_FAILED, address=_address(request), by="passphrase")


def _locked_out(request: HttpRequest | None = None, **kwargs: Any) -> None:
    tell(SecurityEvent.LOCKED_OUT, address=_address(request))


def _wrong_code(user: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    tell(SecurityEvent.SIGN_IN_FAILED, person=user.pk, address=_address(request), by="second factor")
