from core.api.acts import acts_of
from reviews.adherence.urls import urlpatterns as pages

_ACTS = (
    "statement-add",
    "statement-change",
    "statement-delete",
)
urlpatterns = acts_of("reviews", pages, _ACTS, scope_group="office")
