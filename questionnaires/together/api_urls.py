from core.api.acts import acts_of
from questionnaires.together.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("answer-restore",)
urlpatterns = acts_of("questionnaires", pages, _ACTS, scope_group="answers", base=ReviewActView)
