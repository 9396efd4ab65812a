from django.urls import path

from questionnaires.finding.api import QuestionnaireSearchApiView, ResponseSearchApiView, SubmissionSearchApiView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path("questionnaires/search/", QuestionnaireSearchApiView.as_view(), name="questionnaire-search"),
    path(f"{_REVIEW}self-assessment/search/", ResponseSearchApiView.as_view(), name="self-assessment-search"),
    path(f"{_REVIEW}submission/search/", SubmissionSearchApiView.as_view(), name="submission-search"),
]
