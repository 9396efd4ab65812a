from django.urls import path

from reviews.addresses import REVIEW
from reviews.meetings.api import HeldMeetingListApiView, MeetingListApiView

urlpatterns = [
    path(f"{REVIEW}meetings/", MeetingListApiView.as_view(), name="meeting-list"),
    path(f"{REVIEW}meetings/held/", HeldMeetingListApiView.as_view(), name="held-meeting-list"),
]
