from django.urls import path

from accounts.lifecycle.api import AccountDetailApiView, AccountListApiView, MemberListApiView

urlpatterns = [
    path("accounts/", AccountListApiView.as_view(), name="account-list"),
    path("accounts/secretariat/", MemberListApiView.as_view(), name="member-list"),
    path("accounts/<uuid:account>/", AccountDetailApiView.as_view(), name="account-detail"),
]
