"""Addresses of this feature's pages."""

from django.urls import path

from questionnaires.addresses import RESPONSE, SUBMISSION
from questionnaires.responses.views.acts import (
    ResponseOpenView,
    ResponseRecallView,
    ResponseReturnView,
    ResponseSubmitView,
)
from questionnaires.responses.views.assignments import SectionAssignView
from questionnaires.responses.views.moving import ResponseMoveView
from questionnaires.responses.views.overview import ResponseMissingView
from questionnaires.responses.views.revising import ResponseGiveUpView, ResponseReviseView
from questionnaires.responses.views.submissions import (
    ResponsePreviewView,
    SentVersionView,
    SubmissionChangesView,
    SubmissionDetailView,
    SubmissionPartView,
    SubmissionVersionView,
)

urlpatterns = [
    path(f"{RESPONSE}open/", ResponseOpenView.as_view(), name="response-open"),
    path(f"{RESPONSE}missing/", ResponseMissingView.as_view(), name="response-missing"),
    path(f"{RESPONSE}submit/", ResponseSubmitView.as_view(), name="response-submit"),
    path(f"{RESPONSE}return/", ResponseReturnView.as_view(), name="response-return"),
    path(f"{RESPONSE}recall/", ResponseRecallView.as_view(), name="response-recall"),
    path(f"{RESPONSE}preview/", ResponsePreviewView.as_view(), name="response-preview"),
    path(f"{RESPONSE}revise/", ResponseReviseView.as_view(), name="response-revise"),
    path(f"{RESPONSE}give-up/", ResponseGiveUpView.as_view(), name="response-give-up"),
    path(f"{RESPONSE}sent/<int:number>/", SentVersionView.as_view(), name="sent-version"),
    path(f"{RESPONSE}version/", ResponseMoveView.as_view(), name="response-move"),
    path(f"{RESPONSE}assignments/<uuid:participation>/", SectionAssignView.as_view(), name="section-assign"),
    path(SUBMISSION, SubmissionDetailView.as_view(), name="submission-detail"),
    path(f"{SUBMISSION}changes/", SubmissionChangesView.as_view(), name="submission-changes"),
    path(f"{SUBMISSION}versions/<int:number>/", SubmissionVersionView.as_view(), name="submission-version"),
    path(f"{SUBMISSION}<slug:instrument>/", SubmissionPartView.as_view(), name="submission-part"),
]
