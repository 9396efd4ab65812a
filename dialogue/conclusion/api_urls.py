from core.api.acts import acts_of
from dialogue.conclusion.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("dialogue-conclude", "conclusion-record")
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
