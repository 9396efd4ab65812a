"""Addresses of this feature's pages."""

from django.urls import path

from accounts.invitations.views.activation import ActivationLinkView, ActivationView, InvitationRenewView
from accounts.invitations.views.passwords import ForgottenPasswordView, PasswordLinkView, SetPasswordView

urlpatterns = [
    path("forgot-password/", ForgottenPasswordView.as_view(), name="forgot-password"),
    path("set-password/", SetPasswordView.as_view(), name="set-password"),
    path("set-password/<str:token>/", PasswordLinkView.as_view(), name="password-link"),
    path("activate/", ActivationView.as_view(), name="activation"),
    path("activate/renew/", InvitationRenewView.as_view(), name="invitation-renew"),
    path("activate/<str:token>/", ActivationLinkView.as_view(), name="activate"),
]
