from django.urls import path

from core.api.acts import acts_of
from reviews.addresses import REVIEW
from reviews.dates.api import CalendarFeedListApiView, DatesApiView
from reviews.dates.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "pause-ask",
    "extension-ask",
    "time-answer",
    "time-record",
    "time-withdraw",
    "pause-end",
)
urlpatterns = [
    path("profile/calendar/", CalendarFeedListApiView.as_view(), name="calendar-feed-list"),
    path(f"{REVIEW}dates/", DatesApiView.as_view(), name="dates"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
    *acts_of("reviews", pages, ("calendar-feed-end",), scope_group="account"),
]
