from django.urls import path

from portal.search.api import SearchApiView

urlpatterns = [path("search/", SearchApiView.as_view(), name="search")]
