"""Addresses of this feature's pages."""

from django.urls import path

from portal.search.views import GoView, SearchView, ShortcutsView

urlpatterns = [
    path("search/", SearchView.as_view(), name="search"),
    path("go/", GoView.as_view(), name="go"),
    path("shortcuts/", ShortcutsView.as_view(), name="shortcuts"),
]
