from django.urls import path

from reviews.nominations.api import NoteListApiView

urlpatterns = [path("<slug:mechanism>/notes-verbales/", NoteListApiView.as_view(), name="note-list")]
