"""Addresses of this feature's pages."""

from django.urls import path

from reviews.cases.views import ProcessingRecordView, ReviewHomeView, ReviewListView, ReviewOpenView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path("reviews/", ReviewHomeView.as_view(), name="review-home"),
    path("<slug:mechanism>/reviews/", ReviewListView.as_view(), name="review-list"),
    path("<slug:mechanism>/reviews/open/", ReviewOpenView.as_view(), name="review-open"),
    path(f"{_REVIEW}processing/", ProcessingRecordView.as_view(), name="processing-record"),
]
