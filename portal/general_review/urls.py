"""Addresses of this feature's pages."""

from django.urls import path

from portal.general_review.views import GeneralReviewFileView, GeneralReviewView

_PAGE = "<slug:mechanism>/general-review/"

urlpatterns = [
    path(_PAGE, GeneralReviewView.as_view(), name="general-review"),
    path(f"{_PAGE}<slug:format>/<slug:language>/", GeneralReviewFileView.as_view(), name="general-review-file"),
]
