"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE
from questionnaires.margin.views import (
    MarginEditView,
    MarginListView,
    MarginNotesView,
    MarginReplyView,
    MarginResolveView,
)

_QUESTION = f"{RESPONSE}notes/<str:question>/"
_THREAD = f"{_QUESTION}<uuid:thread>/"

urlpatterns = [
    path(f"{RESPONSE}notes/", MarginListView.as_view(), name="margin-list"),
    path(_QUESTION, MarginNotesView.as_view(), name="margin-notes"),
    path(f"{_THREAD}reply/", MarginReplyView.as_view(), name="margin-reply"),
    path(f"{_THREAD}resolve/", MarginResolveView.as_view(), name="margin-resolve"),
    path(f"{_THREAD}<uuid:note>/", MarginEditView.as_view(), name="margin-edit"),
]
