from core.api.acts import acts_of
from dialogue.replies.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = ("feedback-reply", "feedback-reply-send", "feedback-reply-recall")
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
