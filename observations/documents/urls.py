"""Addresses of this feature's pages."""

from django.urls import path

from observations.documents.views import TextDocumentView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
_TEXT = f"{_REVIEW}texts/<slug:instrument>/<slug:kind>/"

urlpatterns = [
    path(f"{_TEXT}document/<slug:format>/", TextDocumentView.as_view(), name="text-document"),
]
