from django.urls import path

from core.api.acts import acts_of
from portal.reminders.api import DeliveryListApiView, ReminderRulesApiView, RemindersApiView
from portal.reminders.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_OWN = ("absence-add", "absence-remove")
_OF_REVIEW = ("reminder-choices", "reminder-mute")
urlpatterns = [
    path("reminders/", RemindersApiView.as_view(), name="reminders"),
    path("deliveries/", DeliveryListApiView.as_view(), name="delivery-list"),
    path("<slug:mechanism>/reminders/", ReminderRulesApiView.as_view(), name="reminder-rules"),
    *acts_of("portal", pages, _OWN, scope_group="account"),
    *acts_of("portal", pages, _OF_REVIEW, scope_group="account", base=ReviewActView),
    *acts_of("portal", pages, ("delivery-retry",), scope_group="office"),
]
