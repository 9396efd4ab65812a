from core.api.acts import acts_of
from dialogue.asides.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("aside-matter", "aside", "aside-resolve")
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
