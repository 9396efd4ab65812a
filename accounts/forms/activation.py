from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from accounts.forms.passwords import new_password_field
from accounts.forms.profile import ProfileForm
from accounts.forms.terms import accept_field
from accounts.models import User


class ActivationForm(ProfileForm):
    """Everything that a new person gives before the first page: password, profile, the terms of confidentiality."""

    password = new_password_field(
        _("Passphrase"), _("At least 12 characters. A few words in a row are safe and easy to remember.")
    )
    password_again = new_password_field(_("Passphrase, once more"))
    accept = accept_field()
    terms_number = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.order_fields(["password", "password_again"])

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
    def profile_fields(self) -> list[Any]:
        return [self[name] for name in ProfileForm.base_fields]
