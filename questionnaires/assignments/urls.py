"""Address of this feature's page."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.assignments.views import ReadingAllowView, ReadingEndView, SectionAssignView

_CONTRIBUTOR = f"{RESPONSE}assignments/<uuid:participation>/"

urlpatterns = [
    path(_CONTRIBUTOR, SectionAssignView.as_view(), name="section-assign"),
    path(f"{_CONTRIBUTOR}let-read/", ReadingAllowView.as_view(), name="reading-allow"),
    path(f"{_CONTRIBUTOR}let-read/end/", ReadingEndView.as_view(), name="reading-end"),
]
