from django.urls import path

from core.api.acts import acts_of
from questionnaires.clearance.api import ChecksApiView, ClearanceApiView
from questionnaires.clearance.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_RESPONSE = "<slug:mechanism>/reviews/<str:code>/self-assessment/"

_ACTS = ("second-reader", "second-reading")

urlpatterns = [
    path(f"{_RESPONSE}checks/", ChecksApiView.as_view(), name="checks"),
    path(f"{_RESPONSE}clearance/", ClearanceApiView.as_view(), name="clearance"),
    *acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView),
]
