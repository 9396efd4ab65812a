"""The API, version 1. Its document is served to those who are signed in and kept in docs/api/openapi.yaml."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

app_name = "api"
urlpatterns = [
    path("", include("questionnaires.api.urls")),
    path("", include("reviews.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]
