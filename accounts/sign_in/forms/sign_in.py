from typing import Any

from allauth.account import forms as account_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import AccessibleForm


def present_passphrase(**more: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Passphrase"),
        strip=False,
        error_messages={"required": _("Enter your passphrase.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr", **more}),
    )


class SignInForm(AccessibleForm, account_forms.LoginForm):
    """Says the same for an unknown address, a wrong passphrase and a closed account."""

    username = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "autofocus": True, "dir": "ltr"}),
    )
    password = present_passphrase()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["login"]  # the same field under allauth's name; browsers remember ours
        self.order_fields(["username", "password"])

    def clean_username(self) -> str:
        """In small letters, so that attempts on one account are counted together however the address is written."""
        name = str(self.cleaned_data["username"]).lower()
        self.cleaned_data["login"] = name
        return name

    def user_credentials(self) -> dict[str, str]:
        """Under the one name that axes counts by; two names would have a wrong passphrase hashed twice."""
        return {"username": self.cleaned_data["username"], "password": self.cleaned_data["password"]}


class ReauthenticateForm(AccessibleForm, account_forms.ReauthenticateForm):
    """Asks somebody who is signed in for the passphrase once more."""

    password = present_passphrase(autofocus=True)
