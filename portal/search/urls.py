"""Addresses of this feature's pages."""

from django.urls import path

from portal.search.views import SearchView

urlpatterns = [path("search/", SearchView.as_view(), name="search")]
