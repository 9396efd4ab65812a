"""Addresses of this feature's pages."""

from django.urls import path

from accounts.single_sign_on.views.providers import (
    ProviderAddView,
    ProviderApproveView,
    ProviderChangeView,
    ProviderDetailView,
    ProviderEndView,
    ProviderListView,
)
from accounts.single_sign_on.views.sign_on import (
    FindProviderView,
    IdentityConnectView,
    IdentityForgetView,
    LinkEndView,
    SignOnAgainView,
    SignOnView,
)

_BY, _PROVIDER = "sign-in/by/<uuid:provider>/", "accounts/providers/<uuid:provider>/"

urlpatterns = [
    path("sign-in/by/", FindProviderView.as_view(), name="sign-on-find"),
    path(_BY, SignOnView.as_view(), name="sign-on"),
    path(f"{_BY}again/", SignOnAgainView.as_view(), name="sign-on-again"),
    path("security/connections/connect/", IdentityConnectView.as_view(), name="sign-on-connect"),
    path("sign-in/by/nobody/", IdentityForgetView.as_view(), name="sign-on-forget"),
    path("security/connections/<uuid:link>/end/", LinkEndView.as_view(), name="sign-on-link-end"),
    path("accounts/providers/", ProviderListView.as_view(), name="provider-list"),
    path("accounts/providers/add/", ProviderAddView.as_view(), name="provider-add"),
    path(_PROVIDER, ProviderDetailView.as_view(), name="provider-detail"),
    path(f"{_PROVIDER}change/", ProviderChangeView.as_view(), name="provider-change"),
    path(f"{_PROVIDER}approve/", ProviderApproveView.as_view(), name="provider-approve"),
    path(f"{_PROVIDER}end/", ProviderEndView.as_view(), name="provider-end"),
]
