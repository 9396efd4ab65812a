from core.api.acts import acts_of
from reviews.navigation import ReviewActView
from reviews.rooms.urls import urlpatterns as pages

_ACTS = ("rooms",)
urlpatterns = acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView)
