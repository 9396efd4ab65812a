from django.urls import path

from reviews.addresses import REVIEW
from reviews.minutes.api import NotesApiView

urlpatterns = [path(f"{REVIEW}meetings/<uuid:meeting>/notes/", NotesApiView.as_view(), name="notes")]
