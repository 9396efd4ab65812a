from django.urls import path

from questionnaires.clearance.api import ChecksApiView, ClearanceApiView

_RESPONSE = "<slug:mechanism>/reviews/<str:code>/self-assessment/"

urlpatterns = [
    path(f"{_RESPONSE}checks/", ChecksApiView.as_view(), name="checks"),
    path(f"{_RESPONSE}clearance/", ClearanceApiView.as_view(), name="clearance"),
]
