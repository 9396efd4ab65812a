from django.urls import path

from core.api.acts import acts_of
from core.api.files import twins_of
from reviews.nominations.api import NoteListApiView, OfStateActView, StateFileTwin
from reviews.nominations.urls import urlpatterns as pages

_ACTS = (
    "note-discard",
    "note-submit",
    "note-return",
    "nomination-add",
    "nomination-remove",
)
_FILES = (
    "note-scan",
    "nomination-template",
)
urlpatterns = [
    path("<slug:mechanism>/notes-verbales/", NoteListApiView.as_view(), name="note-list"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=OfStateActView),
    *twins_of(StateFileTwin, "reviews", pages, _FILES, scope_group="reviews"),
]
