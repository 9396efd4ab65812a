from django.urls import path

from core.api.files import twins_of
from core.page_urls import urlpatterns as pages
from reviews.navigation.api import JobFileTwin, JobOfReviewApiView

urlpatterns = [
    path("jobs/<uuid:job>/", JobOfReviewApiView.as_view(), name="job-detail"),
    *twins_of(JobFileTwin, "core", pages, ("job-download",), scope_group=""),
]
