"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.answers.views.answers import AnswerHistoryView, AnswerSaveView
from questionnaires.answers.views.sections import SectionDetailView

_REVIEW = "<slug:mechanism>/reviews/<str:code>"
_RESPONSE = f"{_REVIEW}/response"

urlpatterns = [
    path(f"{_RESPONSE}/answers/<str:question>/", AnswerSaveView.as_view(), name="answer-save"),
    path(f"{_RESPONSE}/answers/<str:question>/history/", AnswerHistoryView.as_view(), name="answer-history"),
    path(f"{_RESPONSE}/<slug:instrument>/<slug:section>/", SectionDetailView.as_view(), name="section-detail"),
]
