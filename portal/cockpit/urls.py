"""Addresses of this feature's pages."""

from django.urls import path

from portal.cockpit.views.acts import ActCarryOnView, ActConfirmView, ActDetailView, ActPrepareView
from portal.cockpit.views.cockpit import (
    CockpitHomeView,
    CockpitStepsView,
    CockpitWaitingView,
    CockpitWorkloadView,
)
from portal.cockpit.views.files import CockpitPdfView, CockpitSpreadsheetView, ProgressDocxView, ProgressPdfView
from portal.cockpit.views.sandbox import CockpitSandboxView
from portal.cockpit.views.saved import ViewChangeView, ViewDeleteView, ViewListView, ViewOpenView, ViewSaveView
from portal.cockpit.views.today import CockpitDoorView

_COCKPIT = "<slug:mechanism>/cockpit/"

urlpatterns = [
    path("cockpit/", CockpitHomeView.as_view(), name="cockpit-home"),
    path(_COCKPIT, CockpitDoorView.as_view(), name="cockpit"),
    path(f"{_COCKPIT}steps/", CockpitStepsView.as_view(), name="cockpit-steps"),
    path(f"{_COCKPIT}waiting/", CockpitWaitingView.as_view(), name="cockpit-waiting"),
    path(f"{_COCKPIT}workload/", CockpitWorkloadView.as_view(), name="cockpit-workload"),
    path(f"{_COCKPIT}what-if/", CockpitSandboxView.as_view(), name="cockpit-sandbox"),
    path(f"{_COCKPIT}spreadsheet/", CockpitSpreadsheetView.as_view(), name="cockpit-spreadsheet"),
    path(f"{_COCKPIT}pdf/", CockpitPdfView.as_view(), name="cockpit-pdf"),
    path(f"{_COCKPIT}progress/pdf/", ProgressPdfView.as_view(), name="cockpit-progress-pdf"),
    path(f"{_COCKPIT}progress/docx/", ProgressDocxView.as_view(), name="cockpit-progress-docx"),
    path(f"{_COCKPIT}views/", ViewListView.as_view(), name="cockpit-views"),
    path(f"{_COCKPIT}views/save/", ViewSaveView.as_view(), name="cockpit-view-save"),
    path(f"{_COCKPIT}views/<uuid:view>/", ViewOpenView.as_view(), name="cockpit-view"),
    path(f"{_COCKPIT}views/<uuid:view>/change/", ViewChangeView.as_view(), name="cockpit-view-change"),
    path(f"{_COCKPIT}views/<uuid:view>/delete/", ViewDeleteView.as_view(), name="cockpit-view-delete"),
    path(f"{_COCKPIT}acts/", ActPrepareView.as_view(), name="cockpit-act-prepare"),
    path(f"{_COCKPIT}acts/<uuid:act>/", ActDetailView.as_view(), name="cockpit-act"),
    path(f"{_COCKPIT}acts/<uuid:act>/confirm/", ActConfirmView.as_view(), name="cockpit-act-confirm"),
    path(f"{_COCKPIT}acts/<uuid:act>/carry-on/", ActCarryOnView.as_view(), name="cockpit-act-carry-on"),
]
