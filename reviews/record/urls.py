"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.record.views import (
    RecordDownloadView,
    RecordVerifierView,
    RecordView,
    StateRecordDownloadView,
    StateRecordVerifierView,
    StateRecordView,
)

_STATE_RECORD = "<slug:mechanism>/states/<str:iso3>/record/"

urlpatterns = [
    path(f"{REVIEW}record/", RecordView.as_view(), name="record"),
    path(f"{REVIEW}record/download/", RecordDownloadView.as_view(), name="record-download"),
    path(f"{REVIEW}record/verifier/", RecordVerifierView.as_view(), name="record-verifier"),
    path(_STATE_RECORD, StateRecordView.as_view(), name="state-record"),
    path(f"{_STATE_RECORD}download/", StateRecordDownloadView.as_view(), name="state-record-download"),
    path(f"{_STATE_RECORD}verifier/", StateRecordVerifierView.as_view(), name="state-record-verifier"),
]
