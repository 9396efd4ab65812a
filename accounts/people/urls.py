"""Addresses of this feature's pages."""

from django.urls import path

from accounts.people.views.profile import ProfileView

urlpatterns = [
    path("profile/", ProfileView.as_view(), name="profile"),
]
