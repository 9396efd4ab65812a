"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.steps.views import ProcessingRecordView

urlpatterns = [
    path(f"{REVIEW}processing/", ProcessingRecordView.as_view(), name="processing-record"),
]
