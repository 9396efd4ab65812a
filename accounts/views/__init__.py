from accounts.views.accounts import (
    AccountAddressView,
    AccountCloseView,
    AccountDetailView,
    AccountInviteView,
    AccountListView,
    AccountReopenView,
    AccountRoleView,
)
from accounts.views.activation import ActivationLinkView, ActivationView, InvitationRenewView
from accounts.views.passwords import ForgottenPasswordView, OwnPasswordView, PasswordLinkView, SetPasswordView
from accounts.views.profile import ProfileView
from accounts.views.sign_in import SignInView, SignOutView
from accounts.views.staff_sessions import StaffSessionEndView, StaffSessionListView, StaffSessionStartView
from accounts.views.terms import TermsView

__all__ = [
    "AccountAddressView",
    "AccountCloseView",
    "AccountDetailView",
    "AccountInviteView",
    "AccountListView",
    "AccountReopenView",
    "AccountRoleView",
    "ActivationLinkView",
    "ActivationView",
    "ForgottenPasswordView",
    "InvitationRenewView",
    "OwnPasswordView",
    "PasswordLinkView",
    "ProfileView",
    "SetPasswordView",
    "SignInView",
    "SignOutView",
    "StaffSessionEndView",
    "StaffSessionListView",
    "StaffSessionStartView",
    "TermsView",
]
