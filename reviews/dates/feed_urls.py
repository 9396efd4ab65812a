"""What calendar programs read: addresses without a language, which people see once and never type."""

from django.urls import path

from reviews.dates.views.calendar import CalendarFeedView

urlpatterns = [path("calendar/<slug:secret>.ics", CalendarFeedView.as_view(), name="calendar-feed")]
