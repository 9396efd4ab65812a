from accounts.forms.passwords import ForgottenPasswordForm, OwnPasswordForm, SetPasswordForm
from accounts.forms.profile import ProfileForm
from accounts.forms.sign_in import SignInForm

__all__ = ["ForgottenPasswordForm", "OwnPasswordForm", "ProfileForm", "SetPasswordForm", "SignInForm"]
