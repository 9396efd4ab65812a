"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.offline.views import AnswersBackView, AnswersOutView, AnswersTakeView

urlpatterns = [
    path(f"{RESPONSE}offline/", AnswersBackView.as_view(), name="offline"),
    path(f"{RESPONSE}offline/file/", AnswersOutView.as_view(), name="offline-file"),
    path(f"{RESPONSE}offline/take/", AnswersTakeView.as_view(), name="offline-take"),
]
