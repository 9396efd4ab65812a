from django.urls import path

from core.api.files import FileTwin, twins_of
from portal.general_review.api import GeneralReviewApiView
from portal.general_review.urls import urlpatterns as pages

_FILES = ("general-review-file",)
urlpatterns = [
    path("<slug:mechanism>/general-review/", GeneralReviewApiView.as_view(), name="general-review"),
    *twins_of(FileTwin, "portal", pages, _FILES, scope_group="reviews"),
]
