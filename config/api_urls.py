"""The API, version 1. Its document is served to those who are signed in and kept in docs/api/openapi.yaml."""

from django.urls import include, path, re_path

from core.api.views import DocumentView, NothingView

app_name = "api"
urlpatterns = [
    path("", include("questionnaires.published.api_urls")),
    path("", include("reviews.lists.api_urls")),
    path("schema/", DocumentView.as_view(), name="schema"),
    # Last. What lacks its slash at the end is led on to the address with one, as everywhere.
    re_path(r"^(?:[^/]*/)*$", NothingView.as_view(), name="nothing"),
]
