from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from core.forms import AccessibleForm


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


class OwnPasswordForm(SetPasswordForm):
    """For a person who is signed in: asks for the present password first."""

    old_password = forms.CharField(
        label=_("Present passphrase"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}),
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def clean_old_password(self) -> str:
        password = str(self.cleaned_data["old_password"])
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your present passphrase."))
        return password
