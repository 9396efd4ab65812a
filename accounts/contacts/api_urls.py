from django.urls import path

from accounts.contacts.api import ContactListApiView
from accounts.contacts.urls import urlpatterns as pages
from core.api.acts import acts_of
from core.api.files import FileTwin, twins_of

_ACTS = (
    "contact-add",
    "contact-change",
    "contact-remove",
)
_FILES = ("contact-template",)
urlpatterns = [
    path("contacts/", ContactListApiView.as_view(), name="contact-list"),
    *acts_of("accounts", pages, _ACTS, scope_group="office"),
    *twins_of(FileTwin, "accounts", pages, _FILES, scope_group="office"),
]
