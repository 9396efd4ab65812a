"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.replies.views import ReplyRecallView, ReplySendView, ReplyWriteView
from reviews.addresses import REVIEW

_REPLY = f"{REVIEW}feedback/<str:iso3>/reply/"

urlpatterns = [
    path(_REPLY, ReplyWriteView.as_view(), name="feedback-reply"),
    path(f"{_REPLY}send/", ReplySendView.as_view(), name="feedback-reply-send"),
    path(f"{_REPLY}recall/", ReplyRecallView.as_view(), name="feedback-reply-recall"),
]
