from accounts.forms.accounts import AccountFilterForm, AddressForm, ReasonForm, RoleForm, StaffSessionForm
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
    "AddressForm",
    "AuthenticateForm",
    "AuthenticatePasskeyForm",
    "DeactivateAppForm",
    "ForgottenPasswordForm",
    "MakeCodesForm",
    "OwnPasswordForm",
    "ProfileForm",
    "ReasonForm",
    "ReauthenticateCodeForm",
    "ReauthenticateForm",
    "ReauthenticatePasskeyForm",
    "RenamePasskeyForm",
    "RoleForm",
    "SetPasswordForm",
    "SignInForm",
    "SignInPasskeyForm",
    "StaffSessionForm",
    "TermsForm",
]
