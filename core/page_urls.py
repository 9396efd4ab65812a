"""Pages that all apps share, under the language prefix; ``core.urls`` has what stands at the root."""

from django.urls import path

from core.web import views

app_name = "core"
urlpatterns = [
    path("jobs/<uuid:job>/", views.JobDetailView.as_view(), name="job-detail"),
    path("roots/", views.RootListView.as_view(), name="root-list"),
    path("roots/<int:number>/", views.RootDetailView.as_view(), name="root-detail"),
    path("roots/<int:number>/file/", views.RootFileView.as_view(), name="root-file"),
    path("roots/keys/<slug:fingerprint>/", views.RootKeyView.as_view(), name="root-key"),
    path("jobs/<uuid:job>/download/", views.JobDownloadView.as_view(), name="job-download"),
]
