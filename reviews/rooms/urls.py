"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.rooms.views import RoomsView

urlpatterns = [
    path(f"{REVIEW}rooms/", RoomsView.as_view(), name="rooms"),
]
