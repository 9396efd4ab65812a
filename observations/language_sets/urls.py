"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.language_sets.views import AgreeLanguagesView, ProposeLanguagesView

urlpatterns = [
    path(f"{TEXT}languages/propose/", ProposeLanguagesView.as_view(), name="language-set-propose"),
    path(f"{TEXT}languages/agree/", AgreeLanguagesView.as_view(), name="language-set-agree"),
]
