from django.urls import path

from questionnaires.answers.api.history import AnswerHistoryApiView, KeptAnswersApiView
from questionnaires.answers.api.views import AnswerApiView, SectionAnswersApiView, SelfAssessmentApiView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path(f"{_REVIEW}self-assessment/", SelfAssessmentApiView.as_view(), name="self-assessment"),
    path(f"{_REVIEW}self-assessment/answers/<str:question>/", AnswerApiView.as_view(), name="answer"),
    path(
        f"{_REVIEW}self-assessment/answers/<str:question>/history/",
        AnswerHistoryApiView.as_view(),
        name="answer-history",
    ),
    path(f"{_REVIEW}self-assessment/kept/", KeptAnswersApiView.as_view(), name="kept-answers"),
    path(
        f"{_REVIEW}self-assessment/<slug:instrument>/<slug:section>/",
        SectionAnswersApiView.as_view(),
        name="section-answers",
    ),
]
