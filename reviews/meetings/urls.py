"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.meetings.views import (
    MeetingAddView,
    MeetingAnswerView,
    MeetingCalendarView,
    MeetingCancelView,
    MeetingChangeView,
    MeetingInviteView,
)

_MEETING = f"{REVIEW}meetings/<uuid:meeting>/"

urlpatterns = [
    path(f"{REVIEW}meetings/add/", MeetingAddView.as_view(), name="meeting-add"),
    path(f"{REVIEW}meetings/invite/", MeetingInviteView.as_view(), name="meeting-invite"),
    path(f"{_MEETING}answer/", MeetingAnswerView.as_view(), name="meeting-answer"),
    path(f"{_MEETING}change/", MeetingChangeView.as_view(), name="meeting-change"),
    path(f"{_MEETING}cancel/", MeetingCancelView.as_view(), name="meeting-cancel"),
    path(f"{_MEETING}calendar/", MeetingCalendarView.as_view(), name="meeting-calendar"),
]
