"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE, SUBMISSION
from questionnaires.reader.views import OfficialReadView, ResponseReadView, SubmissionReadView

urlpatterns = [
    path(f"{RESPONSE}read/", ResponseReadView.as_view(), name="response-read"),
    path(f"{RESPONSE}read/official/", OfficialReadView.as_view(), name="official-read"),
    path(f"{SUBMISSION}read/", SubmissionReadView.as_view(), name="submission-read"),
]
