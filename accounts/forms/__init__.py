from accounts.forms.accounts import AccountFilterForm, AddressForm, ReasonForm, RoleForm, StaffSessionForm
from accounts.forms.activation import ActivationForm
from accounts.forms.passwords import ForgottenPasswordForm, OwnPasswordForm, SetPasswordForm
from accounts.forms.profile import ProfileForm
from accounts.forms.sign_in import SignInForm
from accounts.forms.terms import TermsForm

__all__ = [
    "AccountFilterForm",
    "ActivationForm",
    "AddressForm",
    "ForgottenPasswordForm",
    "OwnPasswordForm",
    "ProfileForm",
    "ReasonForm",
    "RoleForm",
    "SetPasswordForm",
    "SignInForm",
    "StaffSessionForm",
    "TermsForm",
]
