"""Address of this feature's page."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.assignments.views import SectionAssignView

urlpatterns = [
    path(f"{RESPONSE}assignments/<uuid:participation>/", SectionAssignView.as_view(), name="section-assign"),
]
