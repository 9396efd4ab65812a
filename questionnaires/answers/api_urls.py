from django.urls import path

from core.api.acts import acts_of
from questionnaires.answers.api.history import AnswerHistoryApiView, KeptAnswersApiView
from questionnaires.answers.api.views import AnswerApiView, SectionAnswersApiView, SelfAssessmentApiView
from questionnaires.answers.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

_ACTS = ("response-kept-settle",)

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
    *acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView),
]
