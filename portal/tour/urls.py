"""Addresses of this feature's acts."""

from django.urls import path

from portal.tour.views import LeaveTourView, TourAgainView

urlpatterns = [
    path("tours/<slug:tour>/leave/", LeaveTourView.as_view(), name="tour-leave"),
    path("tours/<slug:tour>/again/", TourAgainView.as_view(), name="tour-again"),
]
