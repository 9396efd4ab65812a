from django.urls import path

from reviews.states.api import (
    DirectoryApiView,
    ExpertListApiView,
    StateDetailApiView,
    StateListApiView,
    StateNominationsApiView,
)

urlpatterns = [
    path("states/", StateListApiView.as_view(), name="state-list"),
    path("states/<str:iso3>/", StateDetailApiView.as_view(), name="state-detail"),
    path("directory/", DirectoryApiView.as_view(), name="directory"),
    path("directory/experts/", ExpertListApiView.as_view(), name="directory-experts"),
    path(
        "<slug:mechanism>/states/<str:iso3>/nominations/", StateNominationsApiView.as_view(), name="state-nominations"
    ),
]
