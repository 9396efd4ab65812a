"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.reuse.views import EarlierAnswersView, EarlierSetAsideView, EarlierTakeView, LinkedAnswersView

urlpatterns = [
    path(f"{RESPONSE}earlier/", EarlierAnswersView.as_view(), name="earlier-answers"),
    path(f"{RESPONSE}earlier/take/", EarlierTakeView.as_view(), name="earlier-take"),
    path(f"{RESPONSE}earlier/set-aside/", EarlierSetAsideView.as_view(), name="earlier-set-aside"),
    path(f"{RESPONSE}linked/<str:question>/", LinkedAnswersView.as_view(), name="linked-answers"),
]
