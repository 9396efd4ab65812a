"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE, SUBMISSION
from questionnaires.finding.views import QuestionnaireSearchView, ResponseSearchView, SubmissionSearchView

urlpatterns = [
    path("questionnaires/search/", QuestionnaireSearchView.as_view(), name="questionnaire-search"),
    path(f"{RESPONSE}search/", ResponseSearchView.as_view(), name="response-search"),
    path(f"{SUBMISSION}search/", SubmissionSearchView.as_view(), name="submission-search"),
]
