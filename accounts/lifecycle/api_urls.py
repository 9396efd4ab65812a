from django.urls import path

from accounts.lifecycle.api import AccountDetailApiView, AccountListApiView, MemberListApiView
from accounts.lifecycle.urls import urlpatterns as pages
from core.api.acts import acts_of

_ACTS = ("account-invite",)
urlpatterns = [
    path("accounts/", AccountListApiView.as_view(), name="account-list"),
    path("accounts/secretariat/", MemberListApiView.as_view(), name="member-list"),
    path("accounts/<uuid:account>/", AccountDetailApiView.as_view(), name="account-detail"),
    *acts_of("accounts", pages, _ACTS, scope_group="office"),
]
