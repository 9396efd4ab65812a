from django.urls import path

from questionnaires.ministries.api import ConsultedBodiesApiView, MinistriesApiView, ProposalsApiView

_RESPONSE = "<slug:mechanism>/reviews/<str:code>/self-assessment/"

urlpatterns = [
    path(f"{_RESPONSE}ministries/", MinistriesApiView.as_view(), name="ministries"),
    path(f"{_RESPONSE}consulted/", ConsultedBodiesApiView.as_view(), name="consulted-list"),
    path(f"{_RESPONSE}proposals/<str:question>/", ProposalsApiView.as_view(), name="proposals"),
]
