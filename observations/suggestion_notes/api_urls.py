from django.urls import path

from core.api.acts import acts_of
from observations.addresses import SUGGESTIONS
from observations.suggestion_notes.api import SuggestionNotesApiView
from observations.suggestion_notes.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("suggestion-note", "suggestion-note-resolve", "suggestion-reply", "suggestion-reply-resolve")
urlpatterns = [
    path(f"{SUGGESTIONS}<uuid:suggestion>/notes/", SuggestionNotesApiView.as_view(), name="suggestion-notes"),
    *acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView),
]
