from django.urls import path

from core.api.acts import acts_of
from reviews.nominations import OfStateActView
from reviews.states.api import (
    DirectoryApiView,
    ExpertListApiView,
    StateDetailApiView,
    StateListApiView,
    StateNominationsApiView,
    StateNotesApiView,
)
from reviews.states.urls import urlpatterns as pages

_ACTS = (
    "status-agree",
    "status-end",
)
urlpatterns = [
    path("states/", StateListApiView.as_view(), name="state-list"),
    path("states/<str:iso3>/", StateDetailApiView.as_view(), name="state-detail"),
    path("directory/", DirectoryApiView.as_view(), name="directory"),
    path("directory/experts/", ExpertListApiView.as_view(), name="directory-experts"),
    path(
        "<slug:mechanism>/states/<str:iso3>/nominations/", StateNominationsApiView.as_view(), name="state-nominations"
    ),
    path("<slug:mechanism>/states/<str:iso3>/notes-verbales/", StateNotesApiView.as_view(), name="state-notes"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=OfStateActView),
]
