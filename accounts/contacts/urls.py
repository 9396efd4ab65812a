"""Addresses of this feature's pages."""

from django.urls import path

from accounts.contacts.views.contacts import (
    ContactAddView,
    ContactChangeView,
    ContactListView,
    ContactRemoveView,
)
from accounts.contacts.views.sheet import ContactConfirmView, ContactTemplateView, ContactUploadView

urlpatterns = [
    path("contacts/", ContactListView.as_view(), name="contact-list"),
    path("contacts/add/", ContactAddView.as_view(), name="contact-add"),
    path("contacts/upload/", ContactUploadView.as_view(), name="contact-upload"),
    path("contacts/confirm/", ContactConfirmView.as_view(), name="contact-confirm"),
    path("contacts/template/", ContactTemplateView.as_view(), name="contact-template"),
    path("contacts/<uuid:contact>/", ContactChangeView.as_view(), name="contact-change"),
    path("contacts/<uuid:contact>/remove/", ContactRemoveView.as_view(), name="contact-remove"),
]
