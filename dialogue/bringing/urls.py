"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.bringing.views import FeedbackFileView, FeedbackStatesView, FeedbackTemplateView, FeedbackUploadView

_LIST = "<slug:mechanism>/bringing-in/feedback/"
urlpatterns = [
    path(_LIST, FeedbackStatesView.as_view(), name="bringing-states"),
    path(f"{_LIST}file/<uuid:file>/", FeedbackFileView.as_view(), name="bringing-file"),
    path(f"{_LIST}<str:code>/<str:iso3>/", FeedbackUploadView.as_view(), name="bringing-feedback"),
    path(f"{_LIST}<str:code>/<str:iso3>/template/", FeedbackTemplateView.as_view(), name="bringing-feedback-template"),
]
