"""Address of this feature's page."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.moving.views import ResponseMoveView

urlpatterns = [
    path(f"{RESPONSE}version/", ResponseMoveView.as_view(), name="response-move"),
]
