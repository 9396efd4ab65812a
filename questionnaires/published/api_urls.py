from django.urls import path

from questionnaires.published.api import QuestionnaireView

urlpatterns = [path("questionnaires/<slug:questionnaire>/", QuestionnaireView.as_view(), name="questionnaire-detail")]
