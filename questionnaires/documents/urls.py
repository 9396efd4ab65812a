"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE, SUBMISSION
from questionnaires.documents.views import ResponseDocumentView, SubmissionDocumentView

urlpatterns = [
    path(f"{RESPONSE}document/<slug:format>/", ResponseDocumentView.as_view(), name="response-document"),
    path(f"{SUBMISSION}document/<slug:format>/", SubmissionDocumentView.as_view(), name="submission-document"),
]
