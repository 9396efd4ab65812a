"""Addresses of this feature's pages."""

from django.urls import path

from accounts.terms.views import TermsView

urlpatterns = [
    path("terms/", TermsView.as_view(), name="terms"),
]
