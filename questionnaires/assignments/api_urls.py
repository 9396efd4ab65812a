from core.api.acts import acts_of
from questionnaires.assignments.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "section-assign",
    "ministry-assign",
    "ministry-join",
    "contributor-place",
    "reading-allow",
    "reading-end",
)
urlpatterns = acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView)
