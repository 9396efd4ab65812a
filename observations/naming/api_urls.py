from core.api.acts import acts_of
from observations.naming.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("naming",)
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
