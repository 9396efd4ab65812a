"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.polls.views import PollAnswerView, PollChangeView, PollPickView, PollProposeView, PollWithdrawView

_POLL = f"{REVIEW}polls/<uuid:poll>/"

urlpatterns = [
    path(f"{REVIEW}polls/propose/", PollProposeView.as_view(), name="poll-propose"),
    path(f"{_POLL}answer/", PollAnswerView.as_view(), name="poll-answer"),
    path(f"{_POLL}change/", PollChangeView.as_view(), name="poll-change"),
    path(f"{_POLL}pick/", PollPickView.as_view(), name="poll-pick"),
    path(f"{_POLL}withdraw/", PollWithdrawView.as_view(), name="poll-withdraw"),
]
