"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.clearance.views import ResponseChecksView, ResponseClearView

urlpatterns = [
    path(f"{RESPONSE}checks/", ResponseChecksView.as_view(), name="response-checks"),
    path(f"{RESPONSE}clear/", ResponseClearView.as_view(), name="response-clear"),
]
