from django.urls import path

from core.api.acts import acts_of
from questionnaires.margin.api import MarginListApiView, MarginNotesApiView
from questionnaires.margin.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_NOTES = "<slug:mechanism>/reviews/<str:code>/self-assessment/notes/"

_ACTS = ("margin-notes", "margin-reply", "margin-edit", "margin-resolve")

urlpatterns = [
    path(_NOTES, MarginListApiView.as_view(), name="margin-list"),
    path(f"{_NOTES}<str:question>/", MarginNotesApiView.as_view(), name="margin-question"),
    *acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView),
]
