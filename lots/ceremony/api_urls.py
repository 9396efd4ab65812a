from core.api.acts import acts_of
from lots.ceremony.urls import urlpatterns as pages

_ACTS = (
    "seed-commit",
    "seed-reveal",
)
urlpatterns = acts_of("lots", pages, _ACTS, scope_group="office")
