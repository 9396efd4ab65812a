from core.api.acts import acts_of
from reviews.opening.urls import urlpatterns as pages

_ACTS = ("review-open",)
urlpatterns = acts_of("reviews", pages, _ACTS, scope_group="office")
