"""Addresses of this feature's pages."""

from django.urls import path

from lots.publication.views.protocol import ProtocolStartView
from lots.publication.views.public import PublicDrawFileView, PublicDrawListView, PublicDrawView

_PUBLIC = "draws/<slug:mechanism>/<str:code>/"
_DRAWS = "<slug:mechanism>/draws/"
_DRAW = f"{_DRAWS}<str:code>/"

urlpatterns = [
    path("draws/", PublicDrawListView.as_view(), name="public-draw-list"),
    path(_PUBLIC, PublicDrawView.as_view(), name="public-draw"),
    path(f"{_PUBLIC}files/<str:name>", PublicDrawFileView.as_view(), name="public-draw-file"),
    path(f"{_DRAW}protocol/<slug:format>/", ProtocolStartView.as_view(), name="draw-protocol"),
]
