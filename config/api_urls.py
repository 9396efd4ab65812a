"""The API, version 1. Its document is served to those who are signed in and kept in docs/api/openapi.yaml."""

from django.urls import include, path, re_path

from core.api.root import RootView
from core.api.views import DocumentView, NothingView
from core.features import addresses_of

app_name = "api"
urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("schema/", DocumentView.as_view(), name="schema"),
    path("", include("core.api.urls")),
    path("", include(addresses_of("accounts", "api_urls"))),
    path("", include(addresses_of("reviews", "api_urls"))),
    path("", include(addresses_of("lots", "api_urls"))),
    path("", include(addresses_of("portal", "api_urls"))),
    path("", include(addresses_of("questionnaires", "api_urls"))),
    path("", include(addresses_of("dialogue", "api_urls"))),
    path("", include(addresses_of("observations", "api_urls"))),
    # Last. What lacks its slash at the end is led on to the address with one, as everywhere.
    re_path(r"^(?:[^/]*/)+$", NothingView.as_view(), name="nothing"),
]
