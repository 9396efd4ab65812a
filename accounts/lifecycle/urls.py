"""Addresses of this feature's pages."""

from django.urls import path

from accounts.lifecycle.views.accounts import (
    AccountDetailView,
    AccountInviteView,
    AccountListView,
    MemberListView,
)
from accounts.lifecycle.views.activation import ActivationLinkView, ActivationView, InvitationRenewView
from accounts.lifecycle.views.passwords import ForgottenPasswordView, PasswordLinkView, SetPasswordView

_ACCOUNT = "accounts/<uuid:account>/"

urlpatterns = [
    path("forgot-password/", ForgottenPasswordView.as_view(), name="forgot-password"),
    path("set-password/", SetPasswordView.as_view(), name="set-password"),
    path("set-password/<str:token>/", PasswordLinkView.as_view(), name="password-link"),
    path("activate/", ActivationView.as_view(), name="activation"),
    path("activate/renew/", InvitationRenewView.as_view(), name="invitation-renew"),
    path("activate/<str:token>/", ActivationLinkView.as_view(), name="activate"),
    path("accounts/", AccountListView.as_view(), name="account-list"),
    path("accounts/secretariat/", MemberListView.as_view(), name="member-list"),
    path(_ACCOUNT, AccountDetailView.as_view(), name="account-detail"),
    path(f"{_ACCOUNT}invite/", AccountInviteView.as_view(), name="account-invite"),
]
