"""Addresses of this feature's pages."""

from django.urls import path

from lots.preparation.views import DrawPrepareView

_DRAWS = "<slug:mechanism>/draws/"

urlpatterns = [
    path(f"{_DRAWS}prepare/", DrawPrepareView.as_view(), name="draw-prepare"),
]
