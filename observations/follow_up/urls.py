"""Addresses of this feature's pages."""

from django.urls import path

from observations.follow_up.views import (
    FollowUpFileView,
    FollowUpItemView,
    FollowUpListView,
    FollowUpRecordView,
    FollowUpShareView,
    FollowUpTakeBackView,
    SharedFollowUpListView,
)
from reviews.addresses import REVIEW

_FOLLOW_UP = f"{REVIEW}follow-up/"
_ITEM = f"{_FOLLOW_UP}<uuid:observation>/"

urlpatterns = [
    path(_FOLLOW_UP, FollowUpListView.as_view(), name="follow-up"),
    path(f"{_FOLLOW_UP}file/<slug:format>/", FollowUpFileView.as_view(), name="follow-up-file"),
    path(_ITEM, FollowUpItemView.as_view(), name="follow-up-item"),
    path(f"{_ITEM}record/", FollowUpRecordView.as_view(), name="follow-up-record"),
    path(f"{_ITEM}share/", FollowUpShareView.as_view(), name="follow-up-share"),
    path(f"{_ITEM}take-back/", FollowUpTakeBackView.as_view(), name="follow-up-take-back"),
    path("follow-up/", SharedFollowUpListView.as_view(), name="follow-up-shared"),
]
