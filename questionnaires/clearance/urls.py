"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.clearance.views import (
    ResponseChecksView,
    ResponseClearView,
    ResponseSecondReaderView,
    SecondReadingView,
)

urlpatterns = [
    path(f"{RESPONSE}checks/", ResponseChecksView.as_view(), name="response-checks"),
    path(f"{RESPONSE}clear/", ResponseClearView.as_view(), name="response-clear"),
    path(f"{RESPONSE}second-reader/", ResponseSecondReaderView.as_view(), name="second-reader"),
    path(f"{RESPONSE}second-reading/", SecondReadingView.as_view(), name="second-reading"),
]
