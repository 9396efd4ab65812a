"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.minutes.views import (
    NotesAnswerView,
    NotesChangeView,
    NotesDiscardView,
    NotesLayView,
    NotesView,
    NotesWriteView,
)

_NOTES = f"{REVIEW}meetings/<uuid:meeting>/notes/"

urlpatterns = [
    path(_NOTES, NotesView.as_view(), name="notes"),
    path(f"{_NOTES}write/", NotesWriteView.as_view(), name="notes-write"),
    path(f"{_NOTES}change/", NotesChangeView.as_view(), name="notes-change"),
    path(f"{_NOTES}discard/", NotesDiscardView.as_view(), name="notes-discard"),
    path(f"{_NOTES}lay/", NotesLayView.as_view(), name="notes-lay"),
    path(f"{_NOTES}answer/", NotesAnswerView.as_view(), name="notes-answer"),
]
