from django.urls import path

from reviews.access.api import AccessDetailApiView, AccessListApiView, NoteDetailApiView

urlpatterns = [
    path("access-requests/", AccessListApiView.as_view(), name="access-list"),
    path("access-requests/<uuid:access>/", AccessDetailApiView.as_view(), name="access-detail"),
    path(
        "<slug:mechanism>/states/<str:iso3>/nominations/<uuid:note>/", NoteDetailApiView.as_view(), name="note-detail"
    ),
]
