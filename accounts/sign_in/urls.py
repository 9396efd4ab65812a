"""Addresses of this feature's pages."""

from django.urls import path

from accounts.sign_in.views.passwords import OwnPasswordView
from accounts.sign_in.views.sign_in import SignInView, SignOutView

urlpatterns = [
    path("sign-in/", SignInView.as_view(), name="sign-in"),
    path("sign-out/", SignOutView.as_view(), name="sign-out"),
    path("profile/password/", OwnPasswordView.as_view(), name="own-password"),
]
