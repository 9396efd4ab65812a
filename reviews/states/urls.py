"""Addresses of this feature's pages."""

from django.urls import path

from reviews.states.views import (
    DirectoryExpertsView,
    DirectoryView,
    StateDetailView,
    StateListView,
    StateNominationsView,
    StatusAgreeView,
    StatusEndView,
    StatusJSONView,
    StatusView,
)

_NOMINATIONS = "<slug:mechanism>/states/<str:iso3>/nominations/"

urlpatterns = [
    path("states/", StateListView.as_view(), name="state-list"),
    path("states/<str:iso3>/", StateDetailView.as_view(), name="state-detail"),
    path("directory/", DirectoryView.as_view(), name="directory"),
    path("directory/experts/", DirectoryExpertsView.as_view(), name="directory-experts"),
    path("status/<slug:mechanism>/", StatusView.as_view(), name="status"),
    path("status/<slug:mechanism>.json", StatusJSONView.as_view(), name="status-json"),
    path(_NOMINATIONS, StateNominationsView.as_view(), name="state-nominations"),
    path(f"{_NOMINATIONS}status/agree/", StatusAgreeView.as_view(), name="status-agree"),
    path(f"{_NOMINATIONS}status/end/", StatusEndView.as_view(), name="status-end"),
]
