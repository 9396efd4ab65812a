from accounts.forms.accounts import AccountFilterForm, StaffSessionForm
from accounts.forms.activation import ActivationForm
from accounts.forms.factors import (
    ActivateAppForm,
    AddPasskeyForm,
    AuthenticateForm,
    AuthenticatePasskeyForm,
    DeactivateAppForm,
    MakeCodesForm,
    ReauthenticateCodeForm,
    ReauthenticatePasskeyForm,
    RenamePasskeyForm,
    SignInPasskeyForm,
)
from accounts.forms.passwords import ForgottenPasswordForm, OwnPasswordForm, SetPasswordForm
from accounts.forms.profile import ProfileForm
from accounts.forms.sign_in import ReauthenticateForm, SignInForm
from accounts.forms.terms import TermsForm

__all__ = [
    "AccountFilterForm",
    "ActivateAppForm",
    "ActivationForm",
    "AddPasskeyForm",
    "AuthenticateForm",
    "AuthenticatePasskeyForm",
    "DeactivateAppForm",
    "ForgottenPasswordForm",
    "MakeCodesForm",
    "OwnPasswordForm",
    "ProfileForm",
    "ReauthenticateCodeForm",
    "ReauthenticateForm",
    "ReauthenticatePasskeyForm",
    "RenamePasskeyForm",
    "SetPasswordForm",
    "SignInForm",
    "SignInPasskeyForm",
    "StaffSessionForm",
    "TermsForm",
]
