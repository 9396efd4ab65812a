"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.bringing.views import (
    AnswersFileView,
    AnswersReviewsView,
    AnswersTemplateView,
    AnswersUploadView,
)

_LIST = "<slug:mechanism>/bringing-in/answers/"
urlpatterns = [
    path(_LIST, AnswersReviewsView.as_view(), name="bringing-reviews"),
    path(f"{_LIST}file/<uuid:file>/", AnswersFileView.as_view(), name="bringing-file"),
    path(f"{_LIST}<str:code>/", AnswersUploadView.as_view(), name="bringing-answers"),
    path(f"{_LIST}<str:code>/template/", AnswersTemplateView.as_view(), name="bringing-answers-template"),
]
