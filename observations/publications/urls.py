"""Addresses of this feature's pages."""

from django.urls import path

from observations.publications.views import (
    PublicationDetailView,
    PublicationEndView,
    PublicationFileView,
    PublicationListView,
    PublicationPreviewView,
    PublishView,
)

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
_TEXT = f"{_REVIEW}texts/<slug:instrument>/<slug:kind>/"
_PUBLICATION = "published/<slug:mechanism>/<str:code>/<slug:instrument>/<slug:kind>/"

urlpatterns = [
    path(f"{_TEXT}publication/", PublicationPreviewView.as_view(), name="publication-preview"),
    path(f"{_TEXT}publication/publish/", PublishView.as_view(), name="publish"),
    path(f"{_TEXT}publication/end/", PublicationEndView.as_view(), name="publication-end"),
    path("published/", PublicationListView.as_view(), name="publication-list"),
    path(_PUBLICATION, PublicationDetailView.as_view(), name="publication-detail"),
    path(f"{_PUBLICATION}<slug:format>/", PublicationFileView.as_view(), name="publication-file"),
]
