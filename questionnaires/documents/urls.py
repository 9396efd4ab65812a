"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.documents.views import ResponsePdfView, SubmissionPdfView

_REVIEW = "<slug:mechanism>/reviews/<str:code>"
_RESPONSE = f"{_REVIEW}/response"
_SUBMISSION = f"{_REVIEW}/submission"

urlpatterns = [
    path(f"{_RESPONSE}/pdf/", ResponsePdfView.as_view(), name="response-pdf"),
    path(f"{_SUBMISSION}/pdf/", SubmissionPdfView.as_view(), name="submission-pdf"),
]
