from django.urls import path

from core.api.acts import acts_of
from reviews.nominations.api import NoteListApiView, OfStateActView
from reviews.nominations.urls import urlpatterns as pages

_ACTS = (
    "note-discard",
    "note-submit",
    "note-return",
    "nomination-add",
    "nomination-remove",
)
urlpatterns = [
    path("<slug:mechanism>/notes-verbales/", NoteListApiView.as_view(), name="note-list"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=OfStateActView),
]
