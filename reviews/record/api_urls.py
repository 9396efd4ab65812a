from django.urls import path

from reviews.addresses import REVIEW
from reviews.record.api import (
    RecordApiView,
    RecordDownloadApiView,
    StateRecordApiView,
    StateRecordDownloadApiView,
)

_STATE_RECORD = "<slug:mechanism>/states/<str:iso3>/record/"

urlpatterns = [
    path(f"{REVIEW}record/", RecordApiView.as_view(), name="record"),
    path(f"{REVIEW}record/download/", RecordDownloadApiView.as_view(), name="record-download"),
    path(_STATE_RECORD, StateRecordApiView.as_view(), name="state-record"),
    path(f"{_STATE_RECORD}download/", StateRecordDownloadApiView.as_view(), name="state-record-download"),
]
