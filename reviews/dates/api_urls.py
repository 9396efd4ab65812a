from django.urls import path

from reviews.addresses import REVIEW
from reviews.dates.api import CalendarFeedListApiView, DatesApiView

urlpatterns = [
    path("profile/calendar/", CalendarFeedListApiView.as_view(), name="calendar-feed-list"),
    path(f"{REVIEW}dates/", DatesApiView.as_view(), name="dates"),
]
