from django.urls import path

from reviews.addresses import REVIEW
from reviews.polls.api import PollListApiView

urlpatterns = [path(f"{REVIEW}polls/", PollListApiView.as_view(), name="poll-list")]
