from django.urls import path

from core.api.acts import acts_of
from core.api.files import twins_of
from reviews.access.api import (
    AccessDetailApiView,
    AccessFileTwin,
    AccessListApiView,
    AccessRequestActView,
    NoteDetailApiView,
)
from reviews.access.urls import urlpatterns as pages
from reviews.nominations import OfStateActView

_NOTE = "<slug:mechanism>/states/<str:iso3>/nominations/<uuid:note>/"
_ACTS = ("access-approve", "access-return", "access-alone", "access-withdraw", "access-confirm", "access-refuse")
_ON_NOTES = ("note-approve", "note-alone")
urlpatterns = [
    path("access-requests/", AccessListApiView.as_view(), name="access-list"),
    path("access-requests/<uuid:access>/", AccessDetailApiView.as_view(), name="access-detail"),
    path(_NOTE, NoteDetailApiView.as_view(), name="note-detail"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=AccessRequestActView),
    *acts_of("reviews", pages, _ON_NOTES, scope_group="reviews", base=OfStateActView),
    *twins_of(AccessFileTwin, "reviews", pages, ("access-scan",), scope_group="reviews"),
]
