"""Pages of signing in, under the names that allauth looks for. Its others (sign-up, mail addresses) are not here."""

from django.urls import path

from accounts.sessions.views import OtherSessionsEndView, SessionEndView, SessionListView
from accounts.sign_in.views.factors import (
    AddAppView,
    AddPasskeyView,
    MakeRecoveryCodesView,
    RecoveryCodesView,
    RemoveAppView,
    RemovePasskeyView,
    RenamePasskeyView,
    SecurityView,
)
from accounts.sign_in.views.reauthentication import ByCodeView, ByPasskeyView, ByPassphraseView
from accounts.sign_in.views.sign_in import PasskeySignInView, SecondFactorView, SignInView

urlpatterns = [
    # A second name of the page that ``accounts.urls`` has.
    path("sign-in/", SignInView.as_view(), name="account_login"),
    path("sign-in/passkey/", PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", SecondFactorView.as_view(), name="mfa_authenticate"),
    path("sign-in/again/", ByPassphraseView.as_view(), name="account_reauthenticate"),
    path("sign-in/again/code/", ByCodeView.as_view(), name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", ByPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("security/", SecurityView.as_view(), name="mfa_index"),
    path("security/app/add/", AddAppView.as_view(), name="mfa_activate_totp"),
    path("security/app/remove/", RemoveAppView.as_view(), name="mfa_deactivate_totp"),
    path("security/passkeys/add/", AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/rename/", RenamePasskeyView.as_view(), name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("security/recovery-codes/", RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("security/recovery-codes/new/", MakeRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path("security/sessions/", SessionListView.as_view(), name="usersessions_list"),
    path("security/sessions/end-others/", OtherSessionsEndView.as_view(), name="usersessions_end_others"),
    path("security/sessions/<int:session>/end/", SessionEndView.as_view(), name="usersessions_end"),
]
