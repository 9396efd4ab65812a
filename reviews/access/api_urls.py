from django.urls import path

from core.api.acts import acts_of
from core.api.files import FileTwin, twins_of
from reviews.access.api import AccessDetailApiView, AccessListApiView, NoteDetailApiView
from reviews.access.urls import urlpatterns as pages

_ACTS = (
    "access-approve",
    "access-return",
    "access-alone",
    "access-withdraw",
    "access-confirm",
    "access-refuse",
)
_FILES = ("access-scan",)
urlpatterns = [
    path("access-requests/", AccessListApiView.as_view(), name="access-list"),
    path("access-requests/<uuid:access>/", AccessDetailApiView.as_view(), name="access-detail"),
    path(
        "<slug:mechanism>/states/<str:iso3>/nominations/<uuid:note>/", NoteDetailApiView.as_view(), name="note-detail"
    ),
    *acts_of("reviews", pages, _ACTS, scope_group="office"),
    *twins_of(FileTwin, "reviews", pages, _FILES, scope_group="office"),
]
