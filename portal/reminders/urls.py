"""Addresses of this feature's pages."""

from django.urls import path

from portal.reminders.views import (
    AbsenceAddView,
    AbsenceRemoveView,
    DeliveryListView,
    DeliveryRetryView,
    ReminderChoicesView,
    ReminderMuteView,
    ReminderRulesView,
    RemindersView,
)

_REVIEW = "<slug:mechanism>/reviews/<str:code>/"

urlpatterns = [
    path("reminders/", RemindersView.as_view(), name="reminders"),
    path("reminders/absences/add/", AbsenceAddView.as_view(), name="absence-add"),
    path("reminders/absences/<uuid:absence>/remove/", AbsenceRemoveView.as_view(), name="absence-remove"),
    path("deliveries/", DeliveryListView.as_view(), name="delivery-list"),
    path("deliveries/<uuid:delivery>/retry/", DeliveryRetryView.as_view(), name="delivery-retry"),
    path("<slug:mechanism>/reminders/", ReminderRulesView.as_view(), name="reminder-rules"),
    path(f"{_REVIEW}reminders/mute/", ReminderMuteView.as_view(), name="reminder-mute"),
    path(f"{_REVIEW}reminders/<slug:milestone>/", ReminderChoicesView.as_view(), name="reminder-choices"),
]
