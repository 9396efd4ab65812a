"""Addresses of this feature's pages."""

from django.urls import path

from reviews.rooms.views import RoomsView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path(f"{_REVIEW}rooms/", RoomsView.as_view(), name="rooms"),
]
