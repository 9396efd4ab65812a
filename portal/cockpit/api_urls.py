from django.urls import path

from portal.cockpit.api import (
    BulkActApiView,
    CockpitApiView,
    CockpitStepsApiView,
    CockpitWaitingApiView,
    CockpitWorkloadApiView,
    SavedViewListApiView,
)

_COCKPIT = "<slug:mechanism>/cockpit/"

urlpatterns = [
    path(_COCKPIT, CockpitApiView.as_view(), name="cockpit"),
    path(f"{_COCKPIT}steps/", CockpitStepsApiView.as_view(), name="cockpit-steps"),
    path(f"{_COCKPIT}waiting/", CockpitWaitingApiView.as_view(), name="cockpit-waiting"),
    path(f"{_COCKPIT}workload/", CockpitWorkloadApiView.as_view(), name="cockpit-workload"),
    path(f"{_COCKPIT}views/", SavedViewListApiView.as_view(), name="cockpit-views"),
    path(f"{_COCKPIT}acts/<uuid:act>/", BulkActApiView.as_view(), name="cockpit-act"),
]
