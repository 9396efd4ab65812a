from django.urls import path

from reviews.cases.api import ReviewDetailView, ReviewListView

urlpatterns = [
    path("<slug:mechanism>/reviews/", ReviewListView.as_view(), name="review-list"),
    path("<slug:mechanism>/reviews/<str:code>/", ReviewDetailView.as_view(), name="review-detail"),
]
