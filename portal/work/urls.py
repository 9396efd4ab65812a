"""Addresses of this feature's pages."""

from django.urls import path

from portal.work.views import DashboardView, HandoverView
from reviews.addresses import REVIEW

urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path(f"{REVIEW}handover/", HandoverView.as_view(), name="handover"),
]
