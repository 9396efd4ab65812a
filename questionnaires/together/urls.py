"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.together.views.history import AnswerLookBackView, AnswerRestoreView, SectionChangesView
from questionnaires.together.views.polls import SectionTogetherView

_SECTION = f"{RESPONSE}<slug:instrument>/<slug:section>/"
_HISTORY = f"{RESPONSE}answers/<str:question>/history/"

urlpatterns = [
    path(_HISTORY, AnswerLookBackView.as_view(), name="answer-history"),
    path(f"{_HISTORY}restore/", AnswerRestoreView.as_view(), name="answer-restore"),
    path(f"{_SECTION}together/", SectionTogetherView.as_view(), name="section-together"),
    path(f"{_SECTION}changes/", SectionChangesView.as_view(), name="section-changes"),
]
