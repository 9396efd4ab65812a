from django.urls import path

from core.api.acts import acts_of
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView
from reviews.polls.api import PollListApiView
from reviews.polls.urls import urlpatterns as pages

_ACTS = (
    "poll-propose",
    "poll-answer",
    "poll-change",
    "poll-pick",
    "poll-withdraw",
)
urlpatterns = [
    path(f"{REVIEW}polls/", PollListApiView.as_view(), name="poll-list"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
]
