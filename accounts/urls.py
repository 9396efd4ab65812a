"""Pages of accounts."""

from django.urls import path

from accounts import views

app_name = "accounts"
_ACCOUNT = "accounts/<uuid:account>/"
urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", views.SignOutView.as_view(), name="sign-out"),
    path("forgot-password/", views.ForgottenPasswordView.as_view(), name="forgot-password"),
    path("set-password/", views.SetPasswordView.as_view(), name="set-password"),
    path("set-password/<str:token>/", views.PasswordLinkView.as_view(), name="password-link"),
    path("activate/", views.ActivationView.as_view(), name="activation"),
    path("activate/renew/", views.InvitationRenewView.as_view(), name="invitation-renew"),
    path("activate/<str:token>/", views.ActivationLinkView.as_view(), name="activate"),
    path("terms/", views.TermsView.as_view(), name="terms"),
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("profile/password/", views.OwnPasswordView.as_view(), name="own-password"),
    path("accounts/", views.AccountListView.as_view(), name="account-list"),
    path(_ACCOUNT, views.AccountDetailView.as_view(), name="account-detail"),
    path(f"{_ACCOUNT}invite/", views.AccountInviteView.as_view(), name="account-invite"),
    path("staff-sessions/", views.StaffSessionListView.as_view(), name="staff-session-list"),
    path("staff-sessions/start/", views.StaffSessionStartView.as_view(), name="staff-session-start"),
    path("staff-sessions/end/", views.StaffSessionEndView.as_view(), name="staff-session-end"),
]
