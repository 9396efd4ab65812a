"""Addresses of this feature's pages."""

from django.urls import path

from reviews.addresses import REVIEW
from reviews.dates.views.calendar import (
    CalendarFeedEndView,
    CalendarFeedMakeView,
    CalendarFeedRenewView,
    CalendarFeedsView,
    ReviewCalendarView,
)
from reviews.dates.views.dates import (
    DatesView,
    ExtensionAskView,
    PauseAskView,
    PauseEndView,
    TimeAnswerView,
    TimeRecordView,
    TimeWithdrawView,
)

_CHANGE = f"{REVIEW}dates/requests/<uuid:change>/"

urlpatterns = [
    path("profile/calendar/", CalendarFeedsView.as_view(), name="calendar-feed-list"),
    path("profile/calendar/make/", CalendarFeedMakeView.as_view(), name="calendar-feed-make"),
    path("profile/calendar/<uuid:feed>/renew/", CalendarFeedRenewView.as_view(), name="calendar-feed-renew"),
    path("profile/calendar/<uuid:feed>/end/", CalendarFeedEndView.as_view(), name="calendar-feed-end"),
    path(f"{REVIEW}calendar/", ReviewCalendarView.as_view(), name="review-calendar"),
    path(f"{REVIEW}dates/", DatesView.as_view(), name="dates"),
    path(f"{REVIEW}dates/pause/", PauseAskView.as_view(), name="pause-ask"),
    path(f"{REVIEW}dates/<slug:slug>/extend/", ExtensionAskView.as_view(), name="extension-ask"),
    path(f"{_CHANGE}answer/", TimeAnswerView.as_view(), name="time-answer"),
    path(f"{_CHANGE}record/", TimeRecordView.as_view(), name="time-record"),
    path(f"{_CHANGE}withdraw/", TimeWithdrawView.as_view(), name="time-withdraw"),
    path(f"{_CHANGE}end/", PauseEndView.as_view(), name="pause-end"),
]
