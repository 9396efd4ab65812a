from core.api.acts import acts_of
from observations.publications.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("publish", "publication-end", "publication-translations")
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
