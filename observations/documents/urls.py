"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.documents.views import TextDocumentView

urlpatterns = [
    path(f"{TEXT}document/<slug:format>/", TextDocumentView.as_view(), name="text-document"),
]
