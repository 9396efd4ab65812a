from core.api.acts import acts_of
from observations.objections.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("objection-reply", "objection-withdraw", "objection-resolve")
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
