"""Pages of signing in, under the names that allauth looks for. Its others (sign-up, mail addresses) are not here."""

from django.urls import path

from accounts import views

urlpatterns = [
    # A second name of the page that ``accounts.urls`` has.
    path("sign-in/", views.SignInView.as_view(), name="account_login"),
    path("sign-in/passkey/", views.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", views.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("sign-in/again/", views.ByPassphraseView.as_view(), name="account_reauthenticate"),
    path("sign-in/again/code/", views.ByCodeView.as_view(), name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", views.ByPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("security/", views.SecurityView.as_view(), name="mfa_index"),
    path("security/app/add/", views.AddAppView.as_view(), name="mfa_activate_totp"),
    path("security/app/remove/", views.RemoveAppView.as_view(), name="mfa_deactivate_totp"),
    path("security/passkeys/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/rename/", views.RenamePasskeyView.as_view(), name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", views.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("security/recovery-codes/", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("security/recovery-codes/new/", views.MakeRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path("security/sessions/", views.SessionListView.as_view(), name="usersessions_list"),
    path("security/sessions/end-others/", views.OtherSessionsEndView.as_view(), name="usersessions_end_others"),
    path("security/sessions/<int:session>/end/", views.SessionEndView.as_view(), name="usersessions_end"),
]
