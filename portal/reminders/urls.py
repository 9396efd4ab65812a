"""Addresses of this feature's pages."""

from django.urls import path

from portal.reminders.views.own import (
    AbsenceAddView,
    AbsenceRemoveView,
    DeliveryListView,
    DeliveryRetryView,
    ReminderChoicesView,
    ReminderMuteView,
    RemindersView,
)
from portal.reminders.views.rules import ReminderRulesChangeView, ReminderRulesView
from reviews.addresses import REVIEW

urlpatterns = [
    path("reminders/", RemindersView.as_view(), name="reminders"),
    path("reminders/absences/add/", AbsenceAddView.as_view(), name="absence-add"),
    path("reminders/absences/<uuid:absence>/remove/", AbsenceRemoveView.as_view(), name="absence-remove"),
    path("deliveries/", DeliveryListView.as_view(), name="delivery-list"),
    path("deliveries/<uuid:delivery>/retry/", DeliveryRetryView.as_view(), name="delivery-retry"),
    path("<slug:mechanism>/reminders/", ReminderRulesView.as_view(), name="reminder-rules"),
    path("<slug:mechanism>/reminders/change/", ReminderRulesChangeView.as_view(), name="reminder-rules-change"),
    path(f"{REVIEW}reminders/mute/", ReminderMuteView.as_view(), name="reminder-mute"),
    path(f"{REVIEW}reminders/<slug:milestone>/", ReminderChoicesView.as_view(), name="reminder-choices"),
]
