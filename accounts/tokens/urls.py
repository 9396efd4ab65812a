"""Addresses of this feature's pages."""

from django.urls import path

from accounts.tokens.views import TokenEndView, TokenListView, TokenMakeView

urlpatterns = [
    path("security/tokens/", TokenListView.as_view(), name="token-list"),
    path("security/tokens/new/", TokenMakeView.as_view(), name="token-make"),
    path("security/tokens/<uuid:token>/end/", TokenEndView.as_view(), name="token-end"),
]
