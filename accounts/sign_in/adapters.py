"""What allauth asks the project: its words, its clock for a recent sign-in, and how a person is signed in."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from accounts.factors import second_factors_of
from accounts.sessions import counting_name, greet, has_shown_factor_elsewhere, note_first_sign_in, signed_in_recently
from accounts.single_sign_on import (
    connect_waiting,
    forced_provider_of,
    refuse_other_ways,
    ways_to_ask_again,
)
from core.institution.facts import short_site_name
from core.sealing import cipher_for


class SignInAdapter(DefaultAccountAdapter):
    """Signs people in by e-mail address; a closed account is told nothing else than a wrong passphrase is."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("The e-mail address or the passphrase is not right."),
        "incorrect_password": gettext_lazy("This is not your passphrase."),
        "incorrect_code": gettext_lazy("This code is not right, or it has been used. Wait for the next one."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Try again in 15 minutes."),
        "too_many_strangers": gettext_lazy(
            "Too many attempts from devices that have not signed in to this account before. Sign in with a passkey, "
            "set a new passphrase by mail, or try again in 15 minutes."
        ),
        "rate_limited": gettext_lazy("Too many attempts. Try again in a few minutes."),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            name = credentials["username"]
            if counting_name(request, name) != name:
                raise
            raise self.validation_error("too_many_strangers") from None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Allauth counts wrong passphrases by this; those from devices that the account knows are counted apart."""
        counted = counting_name(request, credentials["username"])
        return str(super()._get_login_attempts_cache_key(request, username=counted))

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(self.request, username=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not signed_in_recently(self.request)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """By a passkey of a closed account; with a passphrase one does not come as far."""
        messages.error(request, _("This passkey does not open an account here."))
        return HttpResponseRedirect(reverse("accounts:sign-in"))

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        return super().pre_login(request, user, **kwargs) or refuse_other_ways(request, user)

    def get_login_stages(self) -> list[str]:
        own = {"allauth.mfa.stages.AuthenticateStage": "accounts.sign_in.stages.SecondFactorStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        http_response = super().post_login(request, user, **kwargs)
        greet(request, http_response, user)
        connect_waiting(request, user)
        return http_response

    def login(self, request: HttpRequest, user: Any) -> None:
        note_first_sign_in(request, user)
        super().login(request, user)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what went wrong; what went well our own pages say, in our own words."""
        if message:
            messages.add_message(request, level, str(message), extra_tags=extra_tags)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your passphrase"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        ways = [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]
        by_factor = [way for way in ways if way["id"] != "reauthenticate"][::-1]
        elsewhere = ways_to_ask_again(self.request, user)
        is_shown_there = has_shown_factor_elsewhere(self.request, user)
        if by_factor or is_shown_there:
            # The passphrase proves nothing where there is a second factor. Passkeys first: no false page takes them.
            return by_factor + [way for way in elsewhere if way["is_factor"]] or ways
        is_forced = bool(elsewhere) and forced_provider_of(user) is not None
        return elsewhere if is_forced else ways + elsewhere


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted at rest, and the last one is never removed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "This is your only second factor, and one is required. Add another one first."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first."),
        "incorrect_code": SignInAdapter.error_messages["incorrect_code"],
    }

    def get_totp_issuer(self) -> str:
        return short_site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host of ``SITE_URL``, whatever name the request came by."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": short_site_name()}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        owner: Any = authenticator.user
        return second_factors_of(owner).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's name
        number = second_factors_of(user).filter(type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        return cipher_for("accounts.factors").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted under a secret key that is gone matches no code any more."""
        try:
            return cipher_for("accounts.factors").decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()
