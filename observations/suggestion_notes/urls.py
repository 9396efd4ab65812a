"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import SUGGESTION
from observations.suggestion_notes.views import SuggestionNotesView, SuggestionNoteView, SuggestionResolveView

_NOTES = f"{SUGGESTION}notes/"

urlpatterns = [
    path(_NOTES, SuggestionNotesView.as_view(), name="suggestion-notes"),
    path(f"{_NOTES}add/", SuggestionNoteView.as_view(), name="suggestion-note"),
    path(f"{_NOTES}resolve/", SuggestionResolveView.as_view(), name="suggestion-note-resolve"),
    path(f"{_NOTES}reply/", SuggestionNoteView.as_view(is_to_all=True), name="suggestion-reply"),
    path(f"{_NOTES}reply/resolve/", SuggestionResolveView.as_view(is_to_all=True), name="suggestion-reply-resolve"),
]
