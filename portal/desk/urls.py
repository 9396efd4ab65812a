"""Addresses of this feature's pages."""

from django.urls import path

from portal.desk.views import DeskSectionView, DeskView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path(f"{_REVIEW}desk/", DeskView.as_view(), name="desk"),
    path(f"{_REVIEW}desk/<slug:instrument>/<slug:section>/", DeskSectionView.as_view(), name="desk-section"),
]
