"""Addresses of this feature's pages."""

from django.urls import path

from observations.bringing.views import TextFileView, TextTemplateView, TextToBringListView, TextUploadView

_LIST = "<slug:mechanism>/bringing-in/texts/"
_TEXT = f"{_LIST}<str:code>/<slug:instrument>/<slug:kind>/"
urlpatterns = [
    path(_LIST, TextToBringListView.as_view(), name="bringing-texts"),
    path(f"{_LIST}file/<uuid:file>/", TextFileView.as_view(), name="bringing-file"),
    path(_TEXT, TextUploadView.as_view(), name="bringing-text"),
    path(f"{_TEXT}template/", TextTemplateView.as_view(), name="bringing-text-template"),
]
