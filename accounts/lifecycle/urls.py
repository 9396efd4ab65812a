"""Addresses of this feature's pages."""

from django.urls import path

from accounts.lifecycle.views import AccountDetailView, AccountInviteView, AccountListView, MemberListView

_ACCOUNT = "accounts/<uuid:account>/"

urlpatterns = [
    path("accounts/", AccountListView.as_view(), name="account-list"),
    path("accounts/secretariat/", MemberListView.as_view(), name="member-list"),
    path(_ACCOUNT, AccountDetailView.as_view(), name="account-detail"),
    path(f"{_ACCOUNT}invite/", AccountInviteView.as_view(), name="account-invite"),
]
