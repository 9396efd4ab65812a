from core.api.acts import acts_of
from observations.suggestion_notes.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("suggestion-note", "suggestion-note-resolve", "suggestion-reply", "suggestion-reply-resolve")
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
