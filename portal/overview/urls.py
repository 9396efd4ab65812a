"""Addresses of this feature's pages."""

from django.urls import path

from portal.overview.staff_sessions import StaffSessionsOfStateView
from portal.overview.views import ReviewDetailView
from reviews.addresses import REVIEW

urlpatterns = [
    path("states/<str:iso3>/staff-sessions/", StaffSessionsOfStateView.as_view(), name="state-staff-sessions"),
    path(REVIEW, ReviewDetailView.as_view(), name="review-detail"),
]
