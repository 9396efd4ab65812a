from django.urls import path

from core.api.files import FileTwin, twins_of
from core.api.jobs import JobApiView
from core.api.roots import RootDetailApiView, RootListApiView
from core.page_urls import urlpatterns as pages

urlpatterns = [
    path("jobs/<uuid:job>/", JobApiView.as_view(), name="job-detail"),
    path("roots/", RootListApiView.as_view(), name="root-list"),
    path("roots/<int:number>/", RootDetailApiView.as_view(), name="root-detail"),
    *twins_of(FileTwin, "core", pages, ("job-download",), scope_group="reviews"),
]
