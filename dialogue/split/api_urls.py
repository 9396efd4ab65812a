from core.api.acts import acts_of
from dialogue.split.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("split", "section-take")
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
