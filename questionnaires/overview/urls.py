"""Address of this feature's page."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.overview.views.overview import ResponseOverviewView

urlpatterns = [path(RESPONSE, ResponseOverviewView.as_view(), name="response-detail")]
