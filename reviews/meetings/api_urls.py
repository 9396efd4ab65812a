from django.urls import path

from core.api.acts import acts_of
from reviews.addresses import REVIEW
from reviews.meetings.api import HeldMeetingListApiView, MeetingListApiView
from reviews.meetings.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "meeting-add",
    "meeting-invite",
    "meeting-answer",
    "meeting-change",
    "meeting-cancel",
)
urlpatterns = [
    path(f"{REVIEW}meetings/", MeetingListApiView.as_view(), name="meeting-list"),
    path(f"{REVIEW}meetings/held/", HeldMeetingListApiView.as_view(), name="held-meeting-list"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
]
