from django.urls import path

from questionnaires.api.views import QuestionnaireView

urlpatterns = [path("questionnaires/<slug:questionnaire>/", QuestionnaireView.as_view(), name="questionnaire-detail")]
