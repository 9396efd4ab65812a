"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.clearance.views import (
    TextClearResolvingView,
    TextClearView,
    TextDetailView,
    TextListView,
    TextObjectView,
    TextProposeResolvingView,
    TextProposeView,
    TextTakeBackView,
)
from reviews.addresses import REVIEW

urlpatterns = [
    path(f"{REVIEW}texts/", TextListView.as_view(), name="text-list"),
    path(TEXT, TextDetailView.as_view(), name="text-detail"),
    path(f"{TEXT}propose/", TextProposeView.as_view(), name="text-propose"),
    path(f"{TEXT}propose/resolving/", TextProposeResolvingView.as_view(), name="text-propose-resolving"),
    path(f"{TEXT}clear/resolving/", TextClearResolvingView.as_view(), name="text-clear-resolving"),
    path(f"{TEXT}clear/", TextClearView.as_view(), name="text-clear"),
    path(f"{TEXT}object/", TextObjectView.as_view(), name="text-object"),
    path(f"{TEXT}take-back/", TextTakeBackView.as_view(), name="text-take-back"),
]
