"""Codes and passkeys: allauth's forms in our looks, for input of any shape."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from core.database.identity import identified_as
from core.web.forms import AccessibleForm

# A code is valid for three periods of 30 seconds (one of tolerance on either side); allauth remembers it for one.
_SPENT_FOR = 120  # seconds
PASSKEY_NAME_LENGTH = 80  # characters
# What the library raises for a credential that is JSON, but not what a browser makes.
_MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError)


def _code(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "dir": "ltr", "class": "govuk-input--width-10"}
        ),
    )


class CodeForm(AccessibleForm):
    """A code that is typed: of the app, or a recovery code. Each works once."""

    user: Any

    def clean_code(self) -> str:
        with identified_as(self.user):  # whose passphrase or passkey was right
            code = str(super().clean_code())  # type: ignore[misc]
        digits = "".join(code.split())
        if not cache.add(f"second-factor-code:{self.user.pk}:{digits}", True, _SPENT_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CodeForm, base_forms.AuthenticateForm):
    code = _code(_("Code"), _("Six figures from your app, or one of your recovery codes."))


class ReauthenticateCodeForm(CodeForm, base_forms.ReauthenticateForm):
    code = _code(_("Code"), _("Six figures from your app, or one of your recovery codes."))


class ActivateAppForm(AccessibleForm, totp_forms.ActivateTOTPForm):
    code = _code(_("Code"), _("The six figures that the app shows now."))


class DeactivateAppForm(AccessibleForm, totp_forms.DeactivateTOTPForm):
    pass


class MakeCodesForm(AccessibleForm, recovery_forms.GenerateRecoveryCodesForm):
    pass


class CredentialField(forms.JSONField):
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:  # brackets within brackets within brackets
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


def _credential() -> CredentialField:
    return CredentialField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Nothing came from the passkey."), "invalid": _("This passkey did not work.")},
    )


class PasskeyForm(AccessibleForm):
    """What a passkey has signed. Nobody can mend a hidden field, so that its errors stand above the form."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        if self.errors.pop("credential", None):
            self.add_error(None, _("This passkey did not work. Try again, or sign in another way."))


class AuthenticatePasskeyForm(PasskeyForm, webauthn_forms.AuthenticateWebAuthnForm):
    credential = _credential()


class ReauthenticatePasskeyForm(PasskeyForm, webauthn_forms.ReauthenticateWebAuthnForm):
    credential = _credential()


class SignInPasskeyForm(PasskeyForm, webauthn_forms.LoginWebAuthnForm):
    credential = _credential()


def _name_of_passkey(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again, for example “Laptop at the ministry”."),
        max_length=PASSKEY_NAME_LENGTH,
        required=required,
        error_messages={"required": _("Give the passkey a name.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AddPasskeyForm(AccessibleForm, webauthn_forms.AddWebAuthnForm):
    """Every passkey can be a sign-in of its own: it is kept in the device and asks for a finger, a face or a PIN."""

    name = _name_of_passkey(required=False)
    credential = _credential()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)

    def clean(self) -> dict[str, Any]:
        if not isinstance(self.cleaned_data.get("credential"), dict):
            self.errors.pop("credential", None)
            raise forms.ValidationError(_("The device did not give a passkey. Try again, or use another device."))
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean() or {}
        except (forms.ValidationError, *_MALFORMED) as error:
            raise forms.ValidationError(
                _("The device did not give a passkey. Try again, or use another device.")
            ) from error


class RenamePasskeyForm(AccessibleForm, webauthn_forms.EditWebAuthnForm):
    name = _name_of_passkey(required=True)
