from core.api.acts import acts_of
from observations.follow_up.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("follow-up-record", "follow-up-share", "follow-up-take-back")
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
