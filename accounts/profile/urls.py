"""Addresses of this feature's pages."""

from django.urls import path

from accounts.profile.views import ProfileView

urlpatterns = [
    path("profile/", ProfileView.as_view(), name="profile"),
]
