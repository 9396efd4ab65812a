from django.urls import path

from accounts.contacts.api import ContactListApiView
from accounts.contacts.urls import urlpatterns as pages
from core.api.acts import acts_of

_ACTS = (
    "contact-add",
    "contact-change",
    "contact-remove",
)
urlpatterns = [
    path("contacts/", ContactListApiView.as_view(), name="contact-list"),
    *acts_of("accounts", pages, _ACTS, scope_group="office"),
]
