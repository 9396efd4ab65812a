from django.urls import path

from core.api.acts import acts_of
from questionnaires.ministries.api import ConsultedBodiesApiView, MinistriesApiView, ProposalsApiView
from questionnaires.ministries.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_RESPONSE = "<slug:mechanism>/reviews/<str:code>/self-assessment/"

_ACTS = (
    "ministry-remind",
    "part-check",
    "part-answer",
    "ministry-hand-on",
    "proposal-adopt",
    "proposal-adopt-whole",
    "proposal-return",
    "return-answer",
    "consulted-bodies",
    "consulted-body-remove",
)

urlpatterns = [
    path(f"{_RESPONSE}ministries/", MinistriesApiView.as_view(), name="ministries"),
    path(f"{_RESPONSE}consulted/", ConsultedBodiesApiView.as_view(), name="consulted-list"),
    path(f"{_RESPONSE}proposals/<str:question>/", ProposalsApiView.as_view(), name="proposals"),
    *acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView),
]
