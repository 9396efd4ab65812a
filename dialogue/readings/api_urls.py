from core.api.acts import acts_of
from dialogue.readings.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("feedback-reader", "feedback-reading")
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
