from core.api.acts import acts_of
from dialogue.feedback.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "feedback-form",
    "feedback-clear",
    "feedback-recall",
    "feedback-take-back",
    "question-comment",
    "article-comment",
)
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
