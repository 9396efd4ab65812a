"""Addresses of this feature's pages."""

from django.urls import path

from reviews.opening.views import ReviewOpenView

urlpatterns = [
    path("<slug:mechanism>/reviews/open/", ReviewOpenView.as_view(), name="review-open"),
]
