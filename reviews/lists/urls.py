"""Addresses of this feature's pages."""

from django.urls import path

from reviews.lists.views import ReviewHomeView, ReviewListView

urlpatterns = [
    path("reviews/", ReviewHomeView.as_view(), name="review-home"),
    path("<slug:mechanism>/reviews/", ReviewListView.as_view(), name="review-list"),
]
