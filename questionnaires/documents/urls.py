"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE, SUBMISSION
from questionnaires.documents.views import ResponsePdfView, SubmissionPdfView

urlpatterns = [
    path(f"{RESPONSE}pdf/", ResponsePdfView.as_view(), name="response-pdf"),
    path(f"{SUBMISSION}pdf/", SubmissionPdfView.as_view(), name="submission-pdf"),
]
