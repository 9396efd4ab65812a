"""Addresses of this feature's pages."""

from django.urls import path

from reviews.meetings.views import (
    MeetingAddView,
    MeetingAnswerView,
    MeetingCalendarView,
    MeetingCancelView,
    MeetingChangeView,
    MeetingInviteView,
)

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
_MEETING = f"{_REVIEW}meetings/<uuid:meeting>/"

urlpatterns = [
    path(f"{_REVIEW}meetings/add/", MeetingAddView.as_view(), name="meeting-add"),
    path(f"{_REVIEW}meetings/invite/", MeetingInviteView.as_view(), name="meeting-invite"),
    path(f"{_MEETING}answer/", MeetingAnswerView.as_view(), name="meeting-answer"),
    path(f"{_MEETING}change/", MeetingChangeView.as_view(), name="meeting-change"),
    path(f"{_MEETING}cancel/", MeetingCancelView.as_view(), name="meeting-cancel"),
    path(f"{_MEETING}calendar/", MeetingCalendarView.as_view(), name="meeting-calendar"),
]
