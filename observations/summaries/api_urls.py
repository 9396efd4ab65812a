from core.api.acts import acts_of
from observations.summaries.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("passage-arrange", "passage-edit", "passage-draft", "passage-lay", "passage-discard")
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
