"""Addresses of this feature's pages."""

from django.urls import path

from portal.desk.views import DeskSectionView, DeskTogetherView, DeskView
from reviews.addresses import REVIEW

urlpatterns = [
    path(f"{REVIEW}desk/", DeskView.as_view(), name="desk"),
    path(f"{REVIEW}desk/<slug:instrument>/<slug:section>/", DeskSectionView.as_view(), name="desk-section"),
    path(f"{REVIEW}desk/<slug:instrument>/<slug:section>/together/", DeskTogetherView.as_view(), name="desk-together"),
]
