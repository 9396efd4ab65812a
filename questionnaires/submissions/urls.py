"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE, SUBMISSION
from questionnaires.submissions.views import (
    SentVersionView,
    SubmissionChangesView,
    SubmissionDetailView,
    SubmissionPartView,
    SubmissionVersionView,
)

urlpatterns = [
    path(f"{RESPONSE}sent/<int:number>/", SentVersionView.as_view(), name="sent-version"),
    path(SUBMISSION, SubmissionDetailView.as_view(), name="submission-detail"),
    path(f"{SUBMISSION}changes/", SubmissionChangesView.as_view(), name="submission-changes"),
    path(f"{SUBMISSION}versions/<int:number>/", SubmissionVersionView.as_view(), name="submission-version"),
    path(f"{SUBMISSION}<slug:instrument>/", SubmissionPartView.as_view(), name="submission-part"),
]
