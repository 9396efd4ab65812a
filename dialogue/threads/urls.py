"""Addresses of this feature's pages."""

from django.urls import path

from dialogue.threads.acts import (
    MessageDiscardView,
    MessageRecallView,
    MessageReleaseView,
    ThreadCloseView,
    ThreadReopenView,
)
from dialogue.threads.views import (
    MessageEditView,
    ReleaseChoiceView,
    ThreadBeginView,
    ThreadListView,
    ThreadReplyView,
    ThreadView,
)
from reviews.addresses import REVIEW

_THREADS, _MESSAGE = f"{REVIEW}threads/", f"{REVIEW}threads/messages/<uuid:message>/"

urlpatterns = [
    path(_THREADS, ThreadListView.as_view(), name="thread-list"),
    path(f"{_THREADS}release/", ReleaseChoiceView.as_view(), name="thread-release"),
    path(f"{_THREADS}begin/<slug:subject>/<str:key>/", ThreadBeginView.as_view(), name="thread-begin"),
    path(f"{_THREADS}<uuid:thread>/", ThreadView.as_view(), name="thread"),
    path(f"{_THREADS}<uuid:thread>/reply/", ThreadReplyView.as_view(), name="thread-reply"),
    path(f"{_THREADS}<uuid:thread>/close/", ThreadCloseView.as_view(), name="thread-close"),
    path(f"{_THREADS}<uuid:thread>/reopen/", ThreadReopenView.as_view(), name="thread-reopen"),
    path(_MESSAGE, MessageEditView.as_view(), name="message-edit"),
    path(f"{_MESSAGE}discard/", MessageDiscardView.as_view(), name="message-discard"),
    path(f"{_MESSAGE}release/", MessageReleaseView.as_view(), name="message-release"),
    path(f"{_MESSAGE}recall/", MessageRecallView.as_view(), name="message-recall"),
]
