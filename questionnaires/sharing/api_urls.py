from django.urls import path

from questionnaires.sharing.api import (
    AudienceListApiView,
    SharedAnswersApiView,
    SharedAnswersListApiView,
    SharedVersionApiView,
)

_AUDIENCE = "<slug:mechanism>/reviews/<str:code>/submission/audience/"
_SHARED = "answers/<slug:mechanism>/<str:code>/<slug:audience>/"

urlpatterns = [
    path(_AUDIENCE, AudienceListApiView.as_view(), name="answers-audience"),
    path("answers/", SharedAnswersListApiView.as_view(), name="shared-answers-list"),
    path(_SHARED, SharedAnswersApiView.as_view(), name="shared-answers"),
    path(f"{_SHARED}v<int:number>/", SharedVersionApiView.as_view(), name="shared-answers-version"),
]
