from django.urls import path

from questionnaires.margin.api import MarginListApiView, MarginNotesApiView

_NOTES = "<slug:mechanism>/reviews/<str:code>/self-assessment/notes/"

urlpatterns = [
    path(_NOTES, MarginListApiView.as_view(), name="margin-list"),
    path(f"{_NOTES}<str:question>/", MarginNotesApiView.as_view(), name="margin-question"),
]
