from django.urls import path

from core.api.acts import acts_of
from questionnaires.sharing.api import (
    AnswersShareApiView,
    AudienceListApiView,
    SharedAnswersApiView,
    SharedAnswersListApiView,
    SharedVersionApiView,
    SharePreviewApiView,
)
from questionnaires.sharing.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_AUDIENCE = "<slug:mechanism>/reviews/<str:code>/submission/audience/"
_SHARED = "answers/<slug:mechanism>/<str:code>/<slug:audience>/"

_ACTS = ("answers-take-back",)

urlpatterns = [
    path(f"{_AUDIENCE}<slug:audience>/open/", AnswersShareApiView.as_view(), name="answers-share"),
    path(f"{_AUDIENCE}<slug:audience>/preview/", SharePreviewApiView.as_view(), name="answers-share-preview"),
    path(_AUDIENCE, AudienceListApiView.as_view(), name="answers-audience"),
    path("answers/", SharedAnswersListApiView.as_view(), name="shared-answers-list"),
    path(_SHARED, SharedAnswersApiView.as_view(), name="shared-answers"),
    path(f"{_SHARED}v<int:number>/", SharedVersionApiView.as_view(), name="shared-answers-version"),
    *acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView),
]
