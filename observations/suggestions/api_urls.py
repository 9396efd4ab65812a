from core.api.acts import acts_of
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
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
