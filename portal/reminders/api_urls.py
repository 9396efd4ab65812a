from django.urls import path

from portal.reminders.api import DeliveryListApiView, ReminderRulesApiView, RemindersApiView

urlpatterns = [
    path("reminders/", RemindersApiView.as_view(), name="reminders"),
    path("deliveries/", DeliveryListApiView.as_view(), name="delivery-list"),
    path("<slug:mechanism>/reminders/", ReminderRulesApiView.as_view(), name="reminder-rules"),
]
