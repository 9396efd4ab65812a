from django.urls import path

from accounts.contacts.api import ContactListApiView

urlpatterns = [path("contacts/", ContactListApiView.as_view(), name="contact-list")]
