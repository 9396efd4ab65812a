"""Addresses of this feature's pages."""

from django.urls import path

from portal.setup.views import (
    SetupEndView,
    SetupLanguagesView,
    SetupLooksView,
    SetupMailTestView,
    SetupMailView,
    SetupNamesView,
    SetupSettingsView,
    SetupView,
)

urlpatterns = [
    path("setup/", SetupView.as_view(), name="setup"),
    path("setup/names/", SetupNamesView.as_view(), name="setup-names"),
    path("setup/looks/", SetupLooksView.as_view(), name="setup-looks"),
    path("setup/languages/", SetupLanguagesView.as_view(), name="setup-languages"),
    path("setup/mail/", SetupMailView.as_view(), name="setup-mail"),
    path("setup/mail/test/", SetupMailTestView.as_view(), name="setup-mail-test"),
    path("setup/settings/", SetupSettingsView.as_view(), name="setup-settings"),
    path("setup/end/", SetupEndView.as_view(), name="setup-end"),
]
