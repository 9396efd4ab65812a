"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.published.views import QuestionnaireDetailView, QuestionnaireListView

urlpatterns = [
    path("questionnaires/", QuestionnaireListView.as_view(), name="questionnaire-list"),
    path("questionnaires/<slug:questionnaire>/", QuestionnaireDetailView.as_view(), name="questionnaire-detail"),
]
