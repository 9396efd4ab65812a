from django.urls import path

from core.api.acts import acts_of
from reviews.addresses import REVIEW
from reviews.minutes.api import NotesApiView
from reviews.minutes.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "notes-write",
    "notes-change",
    "notes-discard",
    "notes-lay",
    "notes-answer",
)
urlpatterns = [
    path(f"{REVIEW}meetings/<uuid:meeting>/notes/", NotesApiView.as_view(), name="notes"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
]
