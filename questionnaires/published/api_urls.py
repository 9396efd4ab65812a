from django.urls import path

from questionnaires.published.api import QuestionnaireListApiView, QuestionnaireView

urlpatterns = [
    path("questionnaires/", QuestionnaireListApiView.as_view(), name="questionnaire-list"),
    path("questionnaires/<slug:questionnaire>/", QuestionnaireView.as_view(), name="questionnaire-detail"),
]
