from django.urls import path

from reviews.lists.api import ReviewDetailApiView, ReviewListApiView

urlpatterns = [
    path("<slug:mechanism>/reviews/", ReviewListApiView.as_view(), name="review-list"),
    path("<slug:mechanism>/reviews/<str:code>/", ReviewDetailApiView.as_view(), name="review-detail"),
]
