from accounts.views.accounts import (
    AccountDetailView,
    AccountInviteView,
    AccountListView,
)
from accounts.views.activation import ActivationLinkView, ActivationView, InvitationRenewView
from accounts.views.factors import (
    AddAppView,
    AddPasskeyView,
    MakeRecoveryCodesView,
    RecoveryCodesView,
    RemoveAppView,
    RemovePasskeyView,
    RenamePasskeyView,
    SecurityView,
)
from accounts.views.passwords import ForgottenPasswordView, OwnPasswordView, PasswordLinkView, SetPasswordView
from accounts.views.profile import ProfileView
from accounts.views.recent import ByCodeView, ByPasskeyView, ByPassphraseView
from accounts.views.sessions import OtherSessionsEndView, SessionEndView, SessionListView
from accounts.views.sign_in import PasskeySignInView, SecondFactorView, SignInView, SignOutView
from accounts.views.staff_sessions import StaffSessionEndView, StaffSessionListView, StaffSessionStartView
from accounts.views.terms import TermsView

__all__ = [
    "AccountDetailView",
    "AccountInviteView",
    "AccountListView",
    "ActivationLinkView",
    "ActivationView",
    "AddAppView",
    "AddPasskeyView",
    "ByCodeView",
    "ByPasskeyView",
    "ByPassphraseView",
    "ForgottenPasswordView",
    "InvitationRenewView",
    "MakeRecoveryCodesView",
    "OtherSessionsEndView",
    "OwnPasswordView",
    "PasskeySignInView",
    "PasswordLinkView",
    "ProfileView",
    "RecoveryCodesView",
    "RemoveAppView",
    "RemovePasskeyView",
    "RenamePasskeyView",
    "SecondFactorView",
    "SecurityView",
    "SessionEndView",
    "SessionListView",
    "SetPasswordView",
    "SignInView",
    "SignOutView",
    "StaffSessionEndView",
    "StaffSessionListView",
    "StaffSessionStartView",
    "TermsView",
]
