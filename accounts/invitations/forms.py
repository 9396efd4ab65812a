"""Forms of how an account begins: an invitation taken up, a passphrase by a link."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms, password_validation
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from accounts.profile import ProfileForm
from accounts.terms import accept_field
from core.web.forms import AccessibleForm


def new_password_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=500,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )


class ForgottenPasswordForm(AccessibleForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address under which you are registered."),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )


class SetPasswordForm(AccessibleForm, auth_forms.SetPasswordForm):
    """Asks for the new password twice; a service writes it."""

    new_password1 = new_password_field(
        _("New passphrase"), _("At least 12 characters. A few words in a row are safe and easy to remember.")
    )
    new_password2 = new_password_field(_("New passphrase, once more"))

    def clean_new_password1(self) -> str:
        """Refuse a weak password beside the field in which it was typed, not beside its repetition."""
        password = str(self.cleaned_data["new_password1"])
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or {}
        first, second = cleaned.get("new_password1"), cleaned.get("new_password2")
        if first and second and first != second:
            self.add_error("new_password2", _("The two passphrases are not the same."))
        return cleaned


# Of the profile; the rest of it is folded away, for somebody who has come to answer three questions.
_ASKED_OF_ALL = ("full_name", "language")


class ActivationForm(ProfileForm):
    """Everything that a new person gives before the first page: password, profile, the terms of confidentiality."""

    password = new_password_field(
        _("Passphrase"), _("At least 12 characters. A few words in a row are safe and easy to remember.")
    )
    password_again = new_password_field(_("Passphrase, once more"))
    accept = accept_field()
    terms_number = forms.IntegerField(widget=forms.HiddenInput())
    appearance = None  # type: ignore[assignment]  # of a browser, and for later

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.order_fields(["password", "password_again", *_ASKED_OF_ALL])

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("password_again")
        if first and second and first != second:
            self.add_error("password_again", _("The two passphrases are not the same."))
        return cleaned

    @property
    def password_fields(self) -> list[Any]:
        return [self["password"], self["password_again"]]

    @property
    def asked_fields(self) -> list[Any]:
        return [self[name] for name in _ASKED_OF_ALL]

    @property
    def other_fields(self) -> list[Any]:
        """What may wait for the page of the profile."""
        return [self[name] for name in ProfileForm.base_fields if name in self.fields and name not in _ASKED_OF_ALL]

    @property
    def is_other_wrong(self) -> bool:
        return any(field.errors for field in self.other_fields)
