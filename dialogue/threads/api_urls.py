from django.urls import path

from core.api.acts import acts_of
from dialogue.threads.api import ThreadApiView, ThreadListApiView
from dialogue.threads.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_ACTS = (
    "thread-release",
    "message-edit",
    "message-discard",
    "message-release",
    "message-recall",
    "thread-begin",
    "thread-reply",
    "thread-close",
    "thread-reopen",
)
urlpatterns = [
    path(f"{REVIEW}threads/", ThreadListApiView.as_view(), name="thread-list"),
    path(f"{REVIEW}threads/<uuid:thread>/", ThreadApiView.as_view(), name="thread"),
    *acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView),
]
