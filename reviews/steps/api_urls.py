from core.api.acts import acts_of
from reviews.navigation import ReviewActView
from reviews.steps.urls import urlpatterns as pages

_ACTS = ("processing-record",)
urlpatterns = acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView)
