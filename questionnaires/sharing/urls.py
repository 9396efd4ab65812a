"""Addresses of this feature's pages: those of the State, and those of its readers."""

from django.urls import path

from questionnaires.addresses import SUBMISSION
from questionnaires.sharing.views import (
    AnswersAudienceView,
    AnswersShareView,
    AnswersTakeBackView,
    SharedAnswersFileView,
    SharedAnswersListView,
    SharedAnswersView,
    SharedLawFileView,
)

_AUDIENCE = f"{SUBMISSION}audience/"
_SHARED = "answers/<slug:mechanism>/<str:code>/<slug:audience>/"

urlpatterns = [
    path(_AUDIENCE, AnswersAudienceView.as_view(), name="answers-audience"),
    path(f"{_AUDIENCE}<slug:audience>/", AnswersShareView.as_view(), name="answers-share"),
    path(f"{_AUDIENCE}<slug:audience>/end/", AnswersTakeBackView.as_view(), name="answers-take-back"),
    path("answers/", SharedAnswersListView.as_view(), name="shared-answers-list"),
    path(_SHARED, SharedAnswersView.as_view(), name="shared-answers"),
    path(f"{_SHARED}v<int:number>/", SharedAnswersView.as_view(), name="shared-answers-version"),
    path(f"{_SHARED}laws/<uuid:file>/", SharedLawFileView.as_view(), name="shared-answers-law-file"),
    path(f"{_SHARED}<slug:format>/", SharedAnswersFileView.as_view(), name="shared-answers-file"),
    path(f"{_SHARED}v<int:number>/<slug:format>/", SharedAnswersFileView.as_view(), name="shared-answers-version-file"),
]
