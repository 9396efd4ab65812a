"""Addresses of this feature's pages."""

from django.urls import path

from accounts.staff_sessions.views import StaffSessionEndView, StaffSessionListView, StaffSessionStartView

urlpatterns = [
    path("staff-sessions/", StaffSessionListView.as_view(), name="staff-session-list"),
    path("staff-sessions/start/", StaffSessionStartView.as_view(), name="staff-session-start"),
    path("staff-sessions/end/", StaffSessionEndView.as_view(), name="staff-session-end"),
]
