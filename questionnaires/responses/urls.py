"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.responses.views.acts import (
    ResponseClearView,
    ResponseOpenView,
    ResponseReturnView,
    ResponseSubmitView,
)
from questionnaires.responses.views.assignments import SectionAssignView
from questionnaires.responses.views.overview import ResponseDetailView, ResponseMissingView
from questionnaires.responses.views.submissions import SubmissionDetailView, SubmissionPartView

_REVIEW = "<slug:mechanism>/reviews/<str:code>"
_RESPONSE = f"{_REVIEW}/response"
_SUBMISSION = f"{_REVIEW}/submission"

urlpatterns = [
    path(f"{_RESPONSE}/", ResponseDetailView.as_view(), name="response-detail"),
    path(f"{_RESPONSE}/open/", ResponseOpenView.as_view(), name="response-open"),
    path(f"{_RESPONSE}/missing/", ResponseMissingView.as_view(), name="response-missing"),
    path(f"{_RESPONSE}/submit/", ResponseSubmitView.as_view(), name="response-submit"),
    path(f"{_RESPONSE}/return/", ResponseReturnView.as_view(), name="response-return"),
    path(f"{_RESPONSE}/clear/", ResponseClearView.as_view(), name="response-clear"),
    path(f"{_RESPONSE}/assignments/<uuid:participation>/", SectionAssignView.as_view(), name="section-assign"),
    path(f"{_SUBMISSION}/", SubmissionDetailView.as_view(), name="submission-detail"),
    path(f"{_SUBMISSION}/<slug:instrument>/", SubmissionPartView.as_view(), name="submission-part"),
]
