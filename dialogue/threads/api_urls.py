from core.api.acts import acts_of
from dialogue.threads.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "thread-release",
    "message-edit",
    "message-discard",
    "message-release",
    "message-recall",
    "thread-begin",
    "thread-reply",
    "thread-close",
    "thread-reopen",
)
urlpatterns = acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView)
