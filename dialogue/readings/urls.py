"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.readings.views import ReadAsSecondView, ReaderAskView
from reviews.addresses import REVIEW

_FEEDBACK = f"{REVIEW}feedback/<str:iso3>/"

urlpatterns = [
    path(f"{_FEEDBACK}reader/", ReaderAskView.as_view(), name="feedback-reader"),
    path(f"{_FEEDBACK}reading/", ReadAsSecondView.as_view(), name="feedback-reading"),
]
