"""Address of this feature's page."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.assignments.views import (
    ContributorPlaceView,
    MinistryAssignView,
    MinistryJoinView,
    ReadingAllowView,
    ReadingEndView,
    SectionAssignView,
)

_MINISTRY = f"{RESPONSE}assignments/ministries/<uuid:ministry>/"
_CONTRIBUTOR = f"{RESPONSE}assignments/<uuid:participation>/"

urlpatterns = [
    path(_CONTRIBUTOR, SectionAssignView.as_view(), name="section-assign"),
    path(_MINISTRY, MinistryAssignView.as_view(), name="ministry-assign"),
    path(f"{_MINISTRY}join/", MinistryJoinView.as_view(), name="ministry-join"),
    path(f"{_CONTRIBUTOR}ministry/", ContributorPlaceView.as_view(), name="contributor-place"),
    path(f"{_CONTRIBUTOR}let-read/", ReadingAllowView.as_view(), name="reading-allow"),
    path(f"{_CONTRIBUTOR}let-read/end/", ReadingEndView.as_view(), name="reading-end"),
]
