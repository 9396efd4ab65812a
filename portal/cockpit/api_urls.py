from django.urls import path

from core.api.acts import acts_of
from core.api.files import JobTwin, twins_of
from portal.cockpit.api import (
    BulkActApiView,
    BulkActConfirmApiView,
    BulkActPrepareApiView,
    CockpitApiView,
    CockpitJobTwin,
    CockpitStepsApiView,
    CockpitWaitingApiView,
    CockpitWorkloadApiView,
    SavedViewListApiView,
)
from portal.cockpit.urls import urlpatterns as pages

_COCKPIT = "<slug:mechanism>/cockpit/"

_ACTS = (
    "cockpit-view-save",
    "cockpit-view-change",
    "cockpit-view-delete",
    "cockpit-act-carry-on",
)
_FILES = (
    "cockpit-pdf",
    "cockpit-spreadsheet",
)
_REPORTS = (
    "cockpit-progress-pdf",
    "cockpit-progress-docx",
)
urlpatterns = [
    path(_COCKPIT, CockpitApiView.as_view(), name="cockpit"),
    path(f"{_COCKPIT}steps/", CockpitStepsApiView.as_view(), name="cockpit-steps"),
    path(f"{_COCKPIT}waiting/", CockpitWaitingApiView.as_view(), name="cockpit-waiting"),
    path(f"{_COCKPIT}workload/", CockpitWorkloadApiView.as_view(), name="cockpit-workload"),
    path(f"{_COCKPIT}views/", SavedViewListApiView.as_view(), name="cockpit-views"),
    path(f"{_COCKPIT}acts/", BulkActPrepareApiView.as_view(), name="cockpit-act-prepare"),
    path(f"{_COCKPIT}acts/<uuid:act>/", BulkActApiView.as_view(), name="cockpit-act"),
    path(f"{_COCKPIT}acts/<uuid:act>/confirm/", BulkActConfirmApiView.as_view(), name="cockpit-act-confirm"),
    *acts_of("portal", pages, _ACTS, scope_group="reviews"),
    *twins_of(CockpitJobTwin, "portal", pages, _FILES, scope_group="reviews"),
    *twins_of(JobTwin, "portal", pages, _REPORTS, scope_group="reviews"),
]
