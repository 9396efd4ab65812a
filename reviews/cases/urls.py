"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.cases.views import ProcessingRecordView, ReviewHomeView, ReviewListView, ReviewOpenView

urlpatterns = [
    path("reviews/", ReviewHomeView.as_view(), name="review-home"),
    path("<slug:mechanism>/reviews/", ReviewListView.as_view(), name="review-list"),
    path("<slug:mechanism>/reviews/open/", ReviewOpenView.as_view(), name="review-open"),
    path(f"{REVIEW}processing/", ProcessingRecordView.as_view(), name="processing-record"),
]
