"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.split.views import SectionTakeView, SplitView
from reviews.addresses import REVIEW

urlpatterns = [
    path(f"{REVIEW}split/", SplitView.as_view(), name="split"),
    path(f"{REVIEW}split/<slug:instrument>/<slug:section>/", SectionTakeView.as_view(), name="section-take"),
]
