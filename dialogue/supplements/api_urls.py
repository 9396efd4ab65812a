from core.api.acts import acts_of
from dialogue.supplements.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "supplement-add",
    "supplement-offer",
    "supplement-volunteer",
    "supplement-edit",
    "supplement-send",
    "supplement-discard",
    "supplement-of-answer",
)
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
