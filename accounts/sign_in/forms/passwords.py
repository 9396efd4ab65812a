from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.invitations import SetPasswordForm


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
