from accounts.views.passwords import ForgottenPasswordView, OwnPasswordView, SetPasswordView
from accounts.views.profile import ProfileView
from accounts.views.sign_in import SignInView, SignOutView

__all__ = [
    "ForgottenPasswordView",
    "OwnPasswordView",
    "ProfileView",
    "SetPasswordView",
    "SignInView",
    "SignOutView",
]
