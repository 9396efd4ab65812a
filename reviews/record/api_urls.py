from django.urls import path

from core.api.files import twins_of
from reviews.addresses import REVIEW
from reviews.navigation import ReviewFileTwin
from reviews.nominations import StateFileTwin
from reviews.record.api import (
    RecordApiView,
    RecordDownloadApiView,
    StateRecordApiView,
    StateRecordDownloadApiView,
)
from reviews.record.urls import urlpatterns as pages

_STATE_RECORD = "<slug:mechanism>/states/<str:iso3>/record/"

_FILES = ("record-verifier",)
_STATE_FILES = ("state-record-verifier",)
urlpatterns = [
    path(f"{REVIEW}record/", RecordApiView.as_view(), name="record"),
    path(f"{REVIEW}record/download/", RecordDownloadApiView.as_view(), name="record-download"),
    path(_STATE_RECORD, StateRecordApiView.as_view(), name="state-record"),
    path(f"{_STATE_RECORD}download/", StateRecordDownloadApiView.as_view(), name="state-record-download"),
    *twins_of(ReviewFileTwin, "reviews", pages, _FILES, scope_group="reviews"),
    *twins_of(StateFileTwin, "reviews", pages, _STATE_FILES, scope_group="reviews"),
]
