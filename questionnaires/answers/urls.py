"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.answers.views.answers import AnswerSaveView
from questionnaires.answers.views.kept import KeptAnswerSettleView, KeptAnswersView
from questionnaires.answers.views.outside import SectionOutsideView
from questionnaires.answers.views.sections import SectionDetailView

urlpatterns = [
    path(f"{RESPONSE}kept/", KeptAnswersView.as_view(), name="response-kept"),
    path(f"{RESPONSE}kept/<uuid:answer>/", KeptAnswerSettleView.as_view(), name="response-kept-settle"),
    path(f"{RESPONSE}answers/<str:question>/", AnswerSaveView.as_view(), name="answer-save"),
    path(
        f"{RESPONSE}<slug:instrument>/<slug:section>/competence/", SectionOutsideView.as_view(), name="section-outside"
    ),
    path(f"{RESPONSE}<slug:instrument>/<slug:section>/", SectionDetailView.as_view(), name="section-detail"),
]
