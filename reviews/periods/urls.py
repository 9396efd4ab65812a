"""Addresses of this feature's pages."""

from django.urls import path

from reviews.periods.views import ProgrammeChangeView, ProgrammeView

urlpatterns = [
    path("<slug:mechanism>/programme/", ProgrammeView.as_view(), name="programme"),
    path("<slug:mechanism>/programme/change/", ProgrammeChangeView.as_view(), name="programme-change"),
]
