"""Pages that all apps share, under the language prefix; ``core.urls`` has what stands at the root."""

from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("jobs/<uuid:job>/", views.JobDetailView.as_view(), name="job-detail"),
    path("jobs/<uuid:job>/download/", views.JobDownloadView.as_view(), name="job-download"),
]
