from django.urls import path

from core.api.acts import acts_of
from observations.addresses import TEXT
from observations.suggestions.api import SuggestionListApiView
from observations.suggestions.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "suggestion-add",
    "suggestion-edit",
    "suggestion-lay",
    "suggestion-withdraw",
    "suggestion-accept",
    "suggestion-reject",
)
urlpatterns = [
    path(f"{TEXT}suggestions/", SuggestionListApiView.as_view(), name="suggestion-list"),
    *acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView),
]
