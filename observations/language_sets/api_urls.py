from core.api.acts import acts_of
from observations.language_sets.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("language-set-propose", "language-set-agree")
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
