from django.urls import path

from questionnaires.definitions.api import QuestionnaireView

urlpatterns = [path("questionnaires/<slug:questionnaire>/", QuestionnaireView.as_view(), name="questionnaire-detail")]
