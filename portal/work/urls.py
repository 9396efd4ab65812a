"""Addresses of this feature's pages."""

from django.urls import path

from portal.work.views import DashboardView, HandoverView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path(f"{_REVIEW}handover/", HandoverView.as_view(), name="handover"),
]
