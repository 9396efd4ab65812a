from core.api.acts import acts_of
from observations.clearance.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "text-propose",
    "text-clear",
    "text-take-back",
    "text-object",
    "text-propose-resolving",
    "text-clear-resolving",
)
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
