from django.urls import path

from core.api.jobs import JobApiView
from core.api.roots import RootDetailApiView, RootListApiView

urlpatterns = [
    path("jobs/<uuid:job>/", JobApiView.as_view(), name="job-detail"),
    path("roots/", RootListApiView.as_view(), name="root-list"),
    path("roots/<int:number>/", RootDetailApiView.as_view(), name="root-detail"),
]
