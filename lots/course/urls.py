"""Addresses of this feature's pages."""

from django.urls import path

from lots.course.views.acts import DrawAnnounceView, DrawPublishView, DrawRunView, DrawVoidConfirmView, DrawVoidView
from lots.course.views.draw_detail import DrawDetailView, DrawFileView
from lots.course.views.draw_list import DrawHomeView, DrawListView

_DRAWS = "<slug:mechanism>/draws/"
_DRAW = f"{_DRAWS}<str:code>/"

urlpatterns = [
    path("draws/home/", DrawHomeView.as_view(), name="draw-home"),
    path(_DRAWS, DrawListView.as_view(), name="draw-list"),
    path(_DRAW, DrawDetailView.as_view(), name="draw-detail"),
    path(f"{_DRAW}announce/", DrawAnnounceView.as_view(), name="draw-announce"),
    path(f"{_DRAW}run/", DrawRunView.as_view(), name="draw-run"),
    path(f"{_DRAW}publish/", DrawPublishView.as_view(), name="draw-publish"),
    path(f"{_DRAW}void/", DrawVoidView.as_view(), name="draw-void"),
    path(f"{_DRAW}void/confirm/", DrawVoidConfirmView.as_view(), name="draw-void-confirm"),
    path(f"{_DRAW}files/<str:name>", DrawFileView.as_view(), name="draw-file"),
]
